/** What can be drawn over a picture, and from where it comes. */
import type { Camera, Polygon } from "@/api/config";
import { type Corner, cornersOf, masksOf } from "@/api/polygons";

export interface Overlays {
  zones: boolean;
  masks: boolean;
  boxes: boolean;
  motion: boolean;
  regions: boolean;
}

export const NO_OVERLAYS: Overlays = {
  zones: false,
  masks: false,
  boxes: false,
  motion: false,
  regions: false,
};

/** Whether something is wanted that was found in analysed frames; the rest stands in the file. */
export function needsAnalysed({ boxes, motion, regions }: Overlays): boolean {
  return boxes || motion || regions;
}

/** Whether what is drawn changes with the frames: a zone in which somebody is looks otherwise. */
export function followsFrames(overlays: Overlays, camera: Camera): boolean {
  const hasZones = overlays.zones && Object.keys(camera.zones).length > 0;
  return needsAnalysed(overlays) || hasZones;
}

/** Names and values that the debug view of a camera is asked with. */
export function debugArgs({ zones, masks, boxes, motion, regions }: Overlays) {
  return {
    bbox: boxes ? 1 : 0,
    motion: motion ? 1 : 0,
    regions: regions ? 1 : 0,
    zones: zones ? 1 : 0,
    mask: masks ? 1 : 0,
  } as const;
}

export interface Shape {
  kind: "zone" | "mask";
  name: string;
  points: string; // as SVG has them, in shares of the picture
  top: Corner; // the middle of its upper edge, or its uppermost corner
}

const LEVEL = 0.02; // corners that are no further apart are at one height

/** Where the name of a shape goes. */
export function topOf(corners: readonly Corner[]): Corner {
  const top = Math.min(...corners.map(([, y]) => y));
  const across = corners.filter(([, y]) => y - top <= LEVEL).map(([x]) => x);
  return [(Math.min(...across) + Math.max(...across)) / 2, top];
}

/** What of a camera's file is drawn: its zones, its motion masks. */
export function shapesOf(camera: Camera, wanted: Overlays): Shape[] {
  const shape = (kind: Shape["kind"], name: string, polygon: Polygon): Shape => {
    const corners = cornersOf(polygon, camera.detect);
    const points = corners.map((corner) => corner.join(",")).join(" ");
    return { kind, name, points, top: topOf(corners) };
  };
  const zones = wanted.zones
    ? Object.entries(camera.zones).map(([name, zone]) => shape("zone", name, zone.coordinates))
    : [];
  const masks = wanted.masks
    ? masksOf(camera.motion.mask).map((polygon, index) => shape("mask", String(index), polygon))
    : [];
  return [...zones, ...masks];
}
