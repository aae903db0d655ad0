import { expect, test } from "vitest";
import { dayAfter, dayOf, minuteOfDay, spanOfDay, startOfDay } from "./days";

const at = (iso: string) => Date.parse(iso) / 1000;
const hoursOf = (day: string, zone: string) => {
  const { from, to } = spanOfDay(day, zone);
  return (to - from) / 3600;
};

test.each([
  ["2026-11-26", "UTC", "2026-11-26T00:00:00Z"],
  ["2026-11-26", "Asia/Tokyo", "2026-11-25T15:00:00Z"],
  ["2026-07-01", "America/New_York", "2026-07-01T04:00:00Z"],
  ["2026-07-01", "Pacific/Kiritimati", "2026-06-30T10:00:00Z"],
  ["2026-07-01", "Asia/Kathmandu", "2026-06-30T18:15:00Z"],
  ["2026-03-22", "Africa/Cairo", "2026-03-21T22:00:00Z"],
])("%s in %s begins at %s", (day, zone, start) => {
  expect(startOfDay(day, zone)).toBe(at(start));
});

test("a day has 23 hours when the clock goes forward, and 25 when it goes back", () => {
  expect(hoursOf("2026-03-29", "Europe/Berlin")).toBe(23);
  expect(hoursOf("2026-10-25", "Europe/Berlin")).toBe(25);
  expect(hoursOf("2026-06-15", "Europe/Berlin")).toBe(24);
});

test("where midnight is leapt over the day begins at one o'clock", () => {
  const start = startOfDay("2018-11-04", "America/Sao_Paulo");
  expect(minuteOfDay(start, "America/Sao_Paulo")).toBe(60);
  expect(dayOf(start - 1, "America/Sao_Paulo")).toBe("2018-11-03");
});

test("every moment lies within its day", () => {
  for (let time = at("2026-10-24T00:00:00Z"); time < at("2026-10-27T00:00:00Z"); time += 1777) {
    for (const zone of ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]) {
      const { from, to } = spanOfDay(dayOf(time, zone), zone);
      expect(from).toBeLessThanOrEqual(time);
      expect(to).toBeGreaterThan(time);
    }
  }
});

test("days follow each other over months and years", () => {
  expect(dayAfter("2026-12-31")).toBe("2027-01-01");
  expect(dayAfter("2028-03-01", -1)).toBe("2028-02-29");
});
