/** What of a camera can be switched while it runs: its topic, and where the file keeps it. */
import type { Camera, Config } from "@/api/config";

const FEATURES = [
  "detect",
  "recordings",
  "snapshots",
  "motion",
  "audio",
  "ptz_autotracker",
  "birdseye",
] as const;
export type Feature = (typeof FEATURES)[number];

/** The switches that a camera has: not those of what it could not do. */
export function featuresOf(
  { ffmpeg, onvif }: Camera,
  { birdseye }: Pick<Config, "birdseye">,
): Feature[] {
  const lacks = new Set<Feature>();
  if (!ffmpeg.inputs.some(({ roles }) => roles.includes("audio"))) lacks.add("audio");
  if (!onvif.autotracking.enabled_in_config) lacks.add("ptz_autotracker");
  if (!birdseye.enabled) lacks.add("birdseye");
  return FEATURES.filter((feature) => !lacks.has(feature));
}

const KEYS: Readonly<Record<Feature, string>> = {
  detect: "detect.enabled",
  recordings: "record.enabled",
  snapshots: "snapshots.enabled",
  motion: "motion.enabled",
  audio: "audio.enabled",
  ptz_autotracker: "onvif.autotracking.enabled",
  birdseye: "birdseye.enabled",
};

/** The setting of a camera that keeps a switch over a restart. */
export function keyOf(camera: string, feature: Feature): string {
  return `cameras.${camera}.${KEYS[feature]}`;
}

/** What the configuration in effect said when it was asked. */
export function isOnByConfig(camera: Camera, feature: Feature): boolean {
  switch (feature) {
    case "detect":
      return camera.detect.enabled;
    case "recordings":
      return camera.record.enabled;
    case "snapshots":
      return camera.snapshots.enabled;
    case "motion":
      return camera.motion.enabled ?? true;
    case "audio":
      return camera.audio.enabled;
    case "ptz_autotracker":
      return camera.onvif.autotracking.enabled;
    case "birdseye":
      return camera.birdseye.enabled;
  }
}

/** Why a switch cannot be used; null when it can. */
export function lockOf(feature: Feature, isDetecting: boolean): "motionForDetect" | null {
  return feature === "motion" && isDetecting ? "motionForDetect" : null;
}

export const TUNABLES = ["motion_threshold", "motion_contour_area"] as const;
export type Tunable = (typeof TUNABLES)[number];

export interface Tuning {
  motion_threshold: number;
  motion_contour_area: number;
  improve_contrast: boolean;
}

/** How motion is looked for, as the configuration in effect had it. */
export function tuningOf({ motion }: Camera): Tuning {
  return {
    motion_threshold: motion.threshold,
    motion_contour_area: motion.contour_area,
    improve_contrast: motion.improve_contrast,
  };
}

/** A tuning with what topics have told since. */
export function withStates(
  tuning: Tuning,
  told: Readonly<Record<keyof Tuning, string | number | undefined>>,
): Tuning {
  const number = (name: Tunable) => (told[name] === undefined ? tuning[name] : Number(told[name]));
  return {
    motion_threshold: number("motion_threshold"),
    motion_contour_area: number("motion_contour_area"),
    improve_contrast:
      told.improve_contrast === undefined
        ? tuning.improve_contrast
        : told.improve_contrast === "ON",
  };
}

/** The payload of `<camera>/<name>/set`. */
export function payloadOf(value: boolean | number): string {
  return typeof value === "boolean" ? (value ? "ON" : "OFF") : String(value);
}

/** What keeps a tuning over a restart. */
export function tuningSettings(camera: string, tuning: Tuning) {
  const above = `cameras.${camera}.motion`;
  return [
    { key: `${above}.threshold`, values: [tuning.motion_threshold] },
    { key: `${above}.contour_area`, values: [tuning.motion_contour_area] },
    { key: `${above}.improve_contrast`, values: [tuning.improve_contrast] },
  ];
}
