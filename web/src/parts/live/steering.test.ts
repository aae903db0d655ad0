import { expect, test } from "vitest";
import { LATE_S, LOST_S, type Span, steer, TARGET_S } from "./steering";

const upTo = (end_s: number, start_s = 0): Span[] => [{ start_s, end_s }];

test("without anything to play nothing is done", () => {
  expect(steer([], 0, 1.1)).toEqual({ seekTo_s: null, rate: 1, forgetUntil_s: null });
});

test("who joins begins at the newest picture, not at the start of what came", () => {
  expect(steer(upTo(1005, 1000), 0, 1).seekTo_s).toBe(1005 - TARGET_S);
});

test("a first picture alone is shown at once", () => {
  expect(steer(upTo(1000.04, 1000), 0, 1).seekTo_s).toBe(1000);
});

test("at the edge it plays as it comes", () => {
  expect(steer(upTo(10), 10 - TARGET_S, 1)).toEqual({
    seekTo_s: null,
    rate: 1,
    forgetUntil_s: null,
  });
});

test("who is late hurries until he is back, and no longer", () => {
  expect(steer(upTo(10), 10 - LATE_S - 0.1, 1).rate).toBeGreaterThan(1);
  expect(steer(upTo(10), 10 - LATE_S + 0.1, 1.1).rate).toBeGreaterThan(1);
  expect(steer(upTo(10), 10 - LATE_S + 0.1, 1).rate).toBe(1);
  expect(steer(upTo(10), 10 - TARGET_S + 0.1, 1.1).rate).toBe(1);
});

test("who is far behind, or before a hole, jumps", () => {
  expect(steer(upTo(10), 10 - LOST_S - 0.1, 1).seekTo_s).toBe(10 - TARGET_S);
  const spans = [...upTo(5), { start_s: 60, end_s: 62 }];
  expect(steer(spans, 5, 1).seekTo_s).toBe(62 - TARGET_S);
});

test("who stands behind the end, because the clock began anew, jumps back", () => {
  expect(steer(upTo(2), 500, 1).seekTo_s).toBe(2 - TARGET_S);
  expect(steer(upTo(2), 2.05, 1).seekTo_s).toBeNull();
});

test("what was seen is forgotten, but nothing near what plays", () => {
  expect(steer(upTo(30), 29.7, 1).forgetUntil_s).toBeNull();
  const { forgetUntil_s } = steer(upTo(50), 49.7, 1);
  expect(forgetUntil_s).toBeGreaterThan(0);
  expect(forgetUntil_s).toBeLessThan(35);
});

test("following it always ends at the edge", () => {
  let position_s = 0;
  let rate = 1;
  for (let end_s = 2; end_s < 30; end_s += 0.1) {
    const steering = steer(upTo(end_s), position_s, rate);
    rate = steering.rate;
    position_s = Math.min((steering.seekTo_s ?? position_s) + 0.1 * rate, end_s + 0.1);
  }
  expect(30 - position_s).toBeLessThan(LATE_S + 0.2);
});
