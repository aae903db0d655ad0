import { expect, test } from "vitest";
import type { Camera } from "@/api/config";
import { debugArgs, NO_OVERLAYS, needsAnalysed, shapesOf } from "./overlays";

const SIZE = { width: 640, height: 360 };

const camera = {
  detect: SIZE,
  zones: { path: { coordinates: "0.0,0,1,0,1,1" } },
  motion: { mask: ["0,0,1,0,1,0.1", ""] },
} as unknown as Camera;

test("only what is wanted is drawn", () => {
  expect(shapesOf(camera, NO_OVERLAYS)).toEqual([]);
  expect(shapesOf(camera, { ...NO_OVERLAYS, zones: true, masks: true })).toEqual([
    { kind: "zone", name: "path", points: "0,0 1,0 1,1" },
    { kind: "mask", name: "0", points: "0,0 1,0 1,0.1" },
  ]);
});

test("what belongs to a frame needs the frame, what stands in the file does not", () => {
  expect(needsAnalysed({ ...NO_OVERLAYS, zones: true, masks: true })).toBe(false);
  expect(needsAnalysed({ ...NO_OVERLAYS, regions: true })).toBe(true);
  const wanted = { ...NO_OVERLAYS, boxes: true, zones: true };
  expect(debugArgs(wanted)).toEqual({ bbox: 1, motion: 0, regions: 0, zones: 1, mask: 0 });
});
