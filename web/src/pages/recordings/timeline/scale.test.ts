import { expect, test } from "vitest";
import { minuteOfDay, spanOfDay } from "@/time/days";
import {
  lengthOf,
  moved,
  pixelOf,
  SHORTEST_S,
  showing,
  ticks,
  timeAt,
  within,
  zoomed,
} from "./scale";

const DAY = spanOfDay("2026-11-26", "UTC");
const HOUR = { from: DAY.from + 36_000, to: DAY.from + 39_600 };

test("a pixel is a moment and the moment that pixel", () => {
  for (const x of [0, 1, 333.3, 999, 1000]) {
    expect(pixelOf(HOUR, timeAt(HOUR, x, 1000), 1000)).toBeCloseTo(x, 3);
  }
});

test("what is under the pointer stays there while zooming", () => {
  const around = HOUR.from + 900;
  for (const factor of [0.5, 0.9, 1.5]) {
    const view = zoomed(HOUR, factor, around, DAY);
    expect(lengthOf(view)).toBeCloseTo(3600 * factor);
    expect(pixelOf(view, around, 1000)).toBeCloseTo(250);
  }
});

test("the view neither leaves the day nor grows beyond it nor shrinks to nothing", () => {
  expect(zoomed(HOUR, 1000, HOUR.from, DAY)).toEqual(DAY);
  expect(lengthOf(zoomed(HOUR, 1e-6, HOUR.from, DAY))).toBe(SHORTEST_S);
  expect(moved(HOUR, 1e9, DAY)).toEqual({ from: DAY.to - 3600, to: DAY.to });
  expect(moved(HOUR, -1e9, DAY)).toEqual({ from: DAY.from, to: DAY.from + 3600 });
  expect(within({ from: 0, to: 1e12 }, DAY)).toEqual(DAY);
});

test("a view follows a moment only when it is outside", () => {
  expect(showing(HOUR, HOUR.from + 10, DAY)).toBe(HOUR);
  expect(showing(HOUR, HOUR.to + 3600, DAY)).toEqual({
    from: HOUR.to + 1800,
    to: HOUR.to + 5400,
  });
});

test("ticks are full hours of the local clock, also on the day it is set", () => {
  for (const zone of ["Europe/Berlin", "Asia/Kathmandu", "America/New_York"]) {
    const day = spanOfDay("2026-10-25", zone);
    const found = ticks(day, 700, zone);
    expect(found.length).toBeGreaterThanOrEqual(7);
    for (const time of found) expect(minuteOfDay(time, zone) % 180).toBe(0);
  }
});

test("there are no more ticks than fit, and some at every width", () => {
  for (const width of [300, 1200, 2400]) {
    for (const view of [DAY, HOUR, { from: DAY.from, to: DAY.from + SHORTEST_S }]) {
      const count = ticks(view, width, "UTC").length;
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThanOrEqual(width / 64 + 1);
    }
  }
});
