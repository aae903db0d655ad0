import { expect, test } from "vitest";
import { nextFootage, playsOnAt, startsBehind, stretchAt, WINDOW_S, windowOf } from "./footage";

const STRETCHES = [
  { media_s: 0, startTime: 1000, length_s: 100 },
  { media_s: 100, startTime: 1160, length_s: 40 },
];
const KNOWN = { windowFrom: 0, frameRate: 25 };
const ONE = { ...KNOWN, stretches: STRETCHES, laterStarts: [9000, 12_000] };

test("a moment is in a stretch or in a gap", () => {
  expect(stretchAt(STRETCHES, 1000)?.media_s).toBe(0);
  expect(stretchAt(STRETCHES, 1099.9)?.media_s).toBe(0);
  expect(stretchAt(STRETCHES, 1130)).toBeNull();
  expect(stretchAt(STRETCHES, 1160)?.media_s).toBe(100);
  expect(stretchAt(STRETCHES, 1200)).toBeNull();
  expect(stretchAt([], 1000)).toBeNull();
});

test("at the very end of footage nothing plays on", () => {
  expect(playsOnAt(STRETCHES, 1099)).toBe(true);
  expect(playsOnAt(STRETCHES, 1099.99)).toBe(false);
  expect(playsOnAt(STRETCHES, 1130)).toBe(false);
  expect(nextFootage([ONE], 1099.99)).toBe(1160);
});

test("in a gap the next footage follows, behind the window what is known roughly", () => {
  expect(nextFootage([ONE], 1050)).toBe(1050);
  expect(nextFootage([ONE], 1130)).toBe(1160);
  expect(nextFootage([ONE], 1300)).toBe(9000);
  expect(nextFootage([ONE], 9000)).toBe(12_000);
  expect(nextFootage([ONE], 13_000)).toBeNull();
  expect(nextFootage([], 0)).toBeNull();
});

test("a gap of one camera is none while another has footage", () => {
  const stretches = [{ media_s: 0, startTime: 1120, length_s: 20 }];
  const other = { ...KNOWN, stretches, laterStarts: [] };
  expect(nextFootage([ONE, other], 1130)).toBe(1130);
  expect(nextFootage([ONE, other], 1110)).toBe(1120);
});

test("every moment is in its window, and windows follow each other", () => {
  for (const time of [0, 1, WINDOW_S, 1_764_000_123.4]) {
    const { from, to } = windowOf(time);
    expect(from).toBeLessThanOrEqual(time);
    expect(to).toBeGreaterThan(time);
    expect(windowOf(to)).toEqual({ from: to, to: to + WINDOW_S });
  }
});

test("behind a window footage begins where steps are recorded again", () => {
  const recorded = [1, 1, 0, 0.5, 1, 0, 1];
  expect(startsBehind(recorded, 0, 60, 0)).toEqual([0, 180, 360]);
  expect(startsBehind(recorded, 0, 60, 120)).toEqual([180, 360]);
  expect(startsBehind(recorded, 0, 60, 260)).toEqual([260, 360]);
  expect(startsBehind(recorded, 0, 60, 1000)).toEqual([]);
});
