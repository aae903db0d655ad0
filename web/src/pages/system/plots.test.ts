import { expect, test } from "vitest";
import { coarser, linePath, linesWith, newestOf, rangeOf } from "./plots";

test("a line goes from zero to the greatest value, and breaks where nothing is known", () => {
  expect(linePath([0, 10, null, 5], 30, 20)).toBe("M0.0 20.0l0 0L10.0 0.0M30.0 10.0l0 0");
});

test("nothing known, nothing drawn", () => {
  expect(linePath([null, null], 30, 20)).toBe("");
  expect(rangeOf([null])).toBeNull();
});

test("a day of zeros lies on the ground", () => {
  expect(linePath([0, 0], 10, 20)).toBe("M0.0 20.0l0 0L10.0 20.0");
});

test("the newest value is the last that is known", () => {
  expect(newestOf([1, 2, null])).toBe(2);
  expect(newestOf([null])).toBeNull();
  expect(newestOf(undefined)).toBeNull();
});

test("a coarser line has the means, of what is known", () => {
  expect(coarser([1, 3, null, 5, null, null], 3)).toEqual([2, 5, null]);
  expect(coarser([1, 2], 10)).toEqual([1, 2]);
});

test("lines are chosen without regard to case, empty ones never", () => {
  expect(linesWith("One\n\ntwo\n", "")).toEqual(["One", "two"]);
  expect(linesWith("One\ntwo\n", " ONE ")).toEqual(["One"]);
});
