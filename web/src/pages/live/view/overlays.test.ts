import { expect, test } from "vitest";
import type { Camera } from "@/api/config";
import { debugArgs, followsFrames, NO_OVERLAYS, needsAnalysed, shapesOf, topOf } from "./overlays";

const SIZE = { width: 640, height: 360 };

const camera = {
  detect: SIZE,
  zones: { path: { coordinates: "0.0,0,1,0,1,1" } },
  motion: { mask: ["0,0,1,0,1,0.1", ""] },
} as unknown as Camera;

test("only what is wanted is drawn", () => {
  expect(shapesOf(camera, NO_OVERLAYS)).toEqual([]);
  expect(shapesOf(camera, { ...NO_OVERLAYS, zones: true, masks: true })).toEqual([
    { kind: "zone", name: "path", points: "0,0 1,0 1,1", top: [0.5, 0] },
    { kind: "mask", name: "0", points: "0,0 1,0 1,0.1", top: [0.5, 0] },
  ]);
});

test("a name goes to the middle of the upper edge, or to the uppermost corner", () => {
  expect(
    topOf([
      [0.2, 0.41],
      [0.6, 0.4],
      [1, 1],
      [0, 1],
    ]),
  ).toEqual([0.4, 0.4]);
  expect(
    topOf([
      [0.2, 0.5],
      [0.6, 0.4],
      [1, 1],
    ]),
  ).toEqual([0.6, 0.4]);
});

test("frames are asked for where zones are that somebody may be in", () => {
  const zones = { ...NO_OVERLAYS, zones: true };
  expect(followsFrames(zones, camera)).toBe(true);
  expect(followsFrames(zones, { ...camera, zones: {} })).toBe(false);
  expect(followsFrames({ ...NO_OVERLAYS, masks: true }, camera)).toBe(false);
  expect(followsFrames({ ...NO_OVERLAYS, boxes: true }, { ...camera, zones: {} })).toBe(true);
});

test("what belongs to a frame needs the frame, what stands in the file does not", () => {
  expect(needsAnalysed({ ...NO_OVERLAYS, zones: true, masks: true })).toBe(false);
  expect(needsAnalysed({ ...NO_OVERLAYS, regions: true })).toBe(true);
  const wanted = { ...NO_OVERLAYS, boxes: true, zones: true };
  expect(debugArgs(wanted)).toEqual({ bbox: 1, motion: 0, regions: 0, zones: 1, mask: 0 });
});
