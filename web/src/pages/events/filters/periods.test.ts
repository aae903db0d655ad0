import { expect, test } from "vitest";
import { NO_FILTERS } from "./filters";
import { PERIODS, periodOf, withPeriod } from "./periods";

const NOW = new Date(2026, 2, 1, 0, 30).getTime() / 1000;

test("a chosen period is known again", () => {
  for (const period of PERIODS.filter((each) => each !== "days")) {
    expect(periodOf(withPeriod(NO_FILTERS, period, NOW), NOW)).toBe(period);
  }
});

test("yesterday ends with yesterday, over the end of a month", () => {
  const { from, to } = withPeriod(NO_FILTERS, "yesterday", NOW);
  expect([from, to]).toEqual(["2026-02-28", "2026-02-28"]);
});

test("other days have no name and stay as they are", () => {
  const chosen = { ...NO_FILTERS, from: "2025-12-24", to: "2025-12-26" };
  expect(periodOf(chosen, NOW)).toBe("days");
  expect(withPeriod(chosen, "days", NOW)).toEqual(chosen);
});
