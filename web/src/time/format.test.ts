import { afterEach, expect, test } from "vitest";
import { ago, bytes, clock, duration, moment, setClockStyle } from "./format";

afterEach(() => setClockStyle({}));

test.each([
  [0, /^now$/],
  [4, /^now$/],
  [30, /^30 ?s/],
  [60, /^1 ?m/],
  [3 * 3600 + 100, /^3 ?h/],
  [49 * 3600, /^2 ?d/],
  [-5, /^now$/],
])("what was %d seconds before now", (passed_s, expected) => {
  expect(ago(1000, 1000 + passed_s)).toMatch(expected);
});

test.each([
  [0, "0:00"],
  [7.4, "0:07"],
  [59.6, "1:00"],
  [3723, "1:02:03"],
  [-1, "0:00"],
])("%d seconds as a length", (length_s, expected) => {
  expect(duration(length_s)).toBe(expected);
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1500, "1.5 KB"],
  [25_300_000_000, "25 GB"],
])("%d bytes", (amount, expected) => {
  expect(bytes(amount)).toBe(expected);
});

test("another day is named, today is not", () => {
  const noon = new Date(2026, 10, 26, 12).getTime() / 1000;
  expect(moment(noon, noon + 3600)).not.toContain("26");
  expect(moment(noon, noon + 86_400)).toContain("26");
});

test("times follow the clock that the user wants", () => {
  setClockStyle({ timeZone: "UTC", hour12: false });
  expect(clock(1_795_716_855)).toBe("18:14");
  setClockStyle({ timeZone: "Asia/Tokyo", hour12: true });
  expect(clock(1_795_716_855)).toMatch(/^3:14\s?AM$/i);
});
