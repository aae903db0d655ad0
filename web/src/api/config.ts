/** The configuration as the page reads it: the parts that it needs, which the description leaves open. */
import { queryOptions } from "@tanstack/react-query";
import { orThrow } from "./answer";
import { getJson } from "./client";

/** Text, or a list of numbers: shares of the picture, or pixels of the detect stream. */
export type Polygon = string | readonly string[];

export interface Zone {
  coordinates: Polygon;
  objects: string | readonly string[];
  inertia: number;
  color?: readonly [number, number, number];
}

export interface Camera {
  name: string;
  enabled: boolean;
  detect: { enabled: boolean; width: number | null; height: number | null; fps: number };
  record: { enabled: boolean; enabled_in_config: boolean };
  snapshots: { enabled: boolean };
  audio: { enabled: boolean };
  motion: {
    enabled?: boolean;
    threshold: number;
    contour_area: number;
    improve_contrast: boolean;
    mask: Polygon;
  };
  objects: {
    track: readonly string[];
    mask: Polygon;
    filters: Readonly<Record<string, { mask: Polygon | null }>>;
  };
  zones: Readonly<Record<string, Zone>>;
  onvif: { host: string; autotracking: { enabled: boolean; enabled_in_config: boolean } };
  birdseye: { enabled: boolean };
  ui: { order: number; dashboard: boolean };
  ffmpeg: { inputs: readonly { path: string; roles: readonly string[] }[] };
}

/** What the picture of all cameras is called where cameras are named. */
export const BIRDSEYE = "birdseye";

export interface Config {
  birdseye: { enabled: boolean; width: number; height: number };
  cameras: Readonly<Record<string, Camera>>;
  detectors: Readonly<Record<string, { type: string }>>;
  ui: {
    timezone: string | null;
    time_format: "browser" | "12hour" | "24hour";
  };
}

/** The configuration in effect; asked once and again after it was changed. */
export const configQuery = queryOptions({
  queryKey: ["config"],
  queryFn: async ({ signal }) => orThrow(await getJson<Config>("/api/config", signal)),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The cameras that the user wants to see, in the order that the file gives them. */
export function shownCameras(config: Config): Camera[] {
  return Object.values(config.cameras)
    .filter((camera) => camera.enabled && camera.ui.dashboard)
    .sort((a, b) => a.ui.order - b.ui.order || a.name.localeCompare(b.name));
}

/** Whether there is a picture of all cameras, and more than one to be in it. */
export function offersBirdseye(config: Config): boolean {
  return config.birdseye.enabled && shownCameras(config).length > 1;
}

/** What the file says of times: a zone, and whether the clock goes to twelve. */
export function clockStyleOf({ ui }: Config): { timeZone?: string; hour12?: boolean } {
  return {
    ...(ui.timezone === null ? {} : { timeZone: ui.timezone }),
    ...(ui.time_format === "browser" ? {} : { hour12: ui.time_format === "12hour" }),
  };
}
