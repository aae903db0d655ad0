import { expect, test } from "vitest";
import { pointAt, polyline, trailOf } from "./trail";

const TRAIL = trailOf([
  { time: 12, box: [0.5, 0.5, 0.2, 0.4] },
  { time: 10, box: [0.1, 0.5, 0.2, 0.4] },
]);

test("the way follows the feet, in the order of time", () => {
  expect(TRAIL.map(({ time }) => time)).toEqual([10, 12]);
  expect(TRAIL[0]?.x).toBeCloseTo(0.2);
  expect(TRAIL[0]?.y).toBeCloseTo(0.9);
  expect(polyline(TRAIL, 100, 100)).toBe("20.0,90.0 60.0,90.0");
});

test("between two points the object is on the line", () => {
  expect(pointAt(TRAIL, 11)?.x).toBeCloseTo(0.4);
  expect(pointAt(TRAIL, 10)?.x).toBeCloseTo(0.2);
  expect(pointAt(TRAIL, 12)?.x).toBeCloseTo(0.6);
});

test("before and after its way it is nowhere", () => {
  expect(pointAt(TRAIL, 9)).toBeNull();
  expect(pointAt(TRAIL, 13)).toBeNull();
  expect(pointAt([], 9)).toBeNull();
});
