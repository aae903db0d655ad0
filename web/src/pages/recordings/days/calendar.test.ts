import { expect, test } from "vitest";
import { monthAfter, weeksOf } from "./calendar";

test("a month has each of its days once, under their weekday", () => {
  for (const [month, length, weekday] of [
    ["2026-02", 28, 6],
    ["2026-06", 30, 0],
    ["2028-02", 29, 1],
    ["2026-11", 30, 6],
  ] as const) {
    const weeks = weeksOf(month);
    const days = weeks.flat().filter((day) => day !== null);
    expect(days).toHaveLength(length);
    expect(new Set(days).size).toBe(length);
    expect(weeks[0]?.indexOf(`${month}-01`)).toBe(weekday);
    for (const week of weeks) expect(week).toHaveLength(7);
  }
});

test("months follow each other over the year", () => {
  expect(monthAfter("2026-12", 1)).toBe("2027-01");
  expect(monthAfter("2026-01", -1)).toBe("2025-12");
});
