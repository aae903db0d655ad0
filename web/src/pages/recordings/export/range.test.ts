import { expect, test } from "vitest";
import { rangeAround, withEdge } from "./range";

const DAY = { from: 0, to: 86_400 };

test("a range begins around what is shown, within the day", () => {
  expect(rangeAround(1000.5, DAY)).toEqual({ from: 970, to: 1031 });
  expect(rangeAround(5, DAY)).toEqual({ from: 0, to: 35 });
  expect(rangeAround(86_399, DAY)).toEqual({ from: 86_369, to: 86_400 });
});

test("an edge moves alone, unless it meets the other", () => {
  const range = { from: 100, to: 200 };
  expect(withEdge(range, "from", 150)).toEqual({ from: 150, to: 200 });
  expect(withEdge(range, "to", 150)).toEqual({ from: 100, to: 150 });
  for (const time of [0, 99, 100, 200, 500]) {
    for (const edge of ["from", "to"] as const) {
      const moved = withEdge(range, edge, time);
      expect(moved[edge]).toBe(time);
      expect(moved.to).toBeGreaterThan(moved.from);
    }
  }
});
