/** What can be drawn over a picture, and from where it comes. */
import type { Camera, Polygon } from "@/api/config";
import { cornersOf, masksOf } from "@/api/polygons";

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
}

/** What of a camera's file is drawn: its zones, its motion masks. */
export function shapesOf(camera: Camera, wanted: Overlays): Shape[] {
  const shape = (kind: Shape["kind"], name: string, polygon: Polygon): Shape => {
    const corners = cornersOf(polygon, camera.detect);
    return { kind, name, points: corners.map((corner) => corner.join(",")).join(" ") };
  };
  const zones = wanted.zones
    ? Object.entries(camera.zones).map(([name, zone]) => shape("zone", name, zone.coordinates))
    : [];
  const masks = wanted.masks
    ? masksOf(camera.motion.mask).map((polygon, index) => shape("mask", String(index), polygon))
    : [];
  return [...zones, ...masks];
}
