import { expect, test } from "vitest";
import type { Camera } from "@/api/config";
import {
  featuresOf,
  isOnByConfig,
  keyOf,
  lockOf,
  payloadOf,
  tuningOf,
  tuningSettings,
  withStates,
} from "./switches";

const CAMERA = {
  detect: { enabled: false },
  record: { enabled: true },
  snapshots: { enabled: false },
  audio: { enabled: true },
  ffmpeg: { inputs: [{ path: "", roles: ["detect", "audio"] }] },
  onvif: { host: "", autotracking: { enabled: true, enabled_in_config: true } },
  birdseye: { enabled: true },
  motion: { threshold: 30, contour_area: 10, improve_contrast: true },
} as unknown as Camera;

test("a switch stands where the file has it", () => {
  expect(keyOf("front", "recordings")).toBe("cameras.front.record.enabled");
  expect(isOnByConfig(CAMERA, "recordings")).toBe(true);
  expect(isOnByConfig(CAMERA, "detect")).toBe(false);
  expect(isOnByConfig(CAMERA, "snapshots")).toBe(false);
  expect(isOnByConfig(CAMERA, "motion")).toBe(true);
  expect(isOnByConfig(CAMERA, "audio")).toBe(true);
  expect(isOnByConfig(CAMERA, "ptz_autotracker")).toBe(true);
  expect(isOnByConfig(CAMERA, "birdseye")).toBe(true);
});

test("what a camera could not do is not switched", () => {
  const together = { birdseye: { enabled: true, width: 1280, height: 720 } };
  expect(featuresOf(CAMERA, together)).toEqual(
    expect.arrayContaining(["audio", "ptz_autotracker", "birdseye"]),
  );
  const less = {
    ffmpeg: { inputs: [{ path: "", roles: ["detect"] }] },
    onvif: { host: "", autotracking: { enabled: false, enabled_in_config: false } },
  };
  const apart = { birdseye: { ...together.birdseye, enabled: false } };
  expect(featuresOf({ ...CAMERA, ...less }, apart)).toEqual([
    "detect",
    "recordings",
    "snapshots",
    "motion",
  ]);
});

test("motion stays on while objects are looked for", () => {
  expect(lockOf("motion", true)).toBe("motionForDetect");
  expect(lockOf("motion", false)).toBeNull();
  expect(lockOf("detect", true)).toBeNull();
});

test("what topics tell counts more than what the configuration said", () => {
  const told = {
    motion_threshold: "25",
    motion_contour_area: undefined,
    improve_contrast: "OFF",
  };
  expect(withStates(tuningOf(CAMERA), told)).toEqual({
    motion_threshold: 25,
    motion_contour_area: 10,
    improve_contrast: false,
  });
});

test("payloads and settings are in the words of both", () => {
  expect([true, false, 12].map(payloadOf)).toEqual(["ON", "OFF", "12"]);
  expect(tuningSettings("front", tuningOf(CAMERA)).at(-1)).toEqual({
    key: "cameras.front.motion.improve_contrast",
    values: [true],
  });
});
