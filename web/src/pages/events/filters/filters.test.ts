import { expect, test } from "vitest";
import {
  countFilters,
  type EventFilters,
  NO_FILTERS,
  readFilters,
  toArgs,
  writeFilters,
} from "./filters";

const ALL: EventFilters = {
  cameras: ["front", "yard"],
  labels: ["person"],
  zones: ["porch"],
  sub_labels: ["Bob"],
  has_clip: "1",
  has_snapshot: "0",
  in_progress: "1",
  favorites: "1",
  from: "2026-11-01",
  to: "2026-11-03",
  since: "22:00",
  until: "06:00",
  minScore: 80,
  minLength_s: 5,
};

test("an address tells every filter, and is read back", () => {
  expect(readFilters(new URLSearchParams(writeFilters(ALL)))).toEqual(ALL);
  expect(countFilters(ALL)).toBe(14);
});

test("an address without filters has none", () => {
  expect(readFilters(new URLSearchParams())).toEqual(NO_FILTERS);
  expect(writeFilters(NO_FILTERS)).toBe("");
  expect(countFilters(NO_FILTERS)).toBe(0);
});

test("what makes no sense is no filter", () => {
  const odd = "has_clip=maybe&from=yesterday&since=noon&min_score=-3&min_length=x&labels=,";
  expect(readFilters(new URLSearchParams(odd))).toEqual(NO_FILTERS);
});

test("the question is the API's", () => {
  const args = toArgs(ALL, "Europe/Berlin");
  expect(args).toMatchObject({
    cameras: "front,yard",
    labels: "person",
    has_clip: 1,
    has_snapshot: 0,
    favorites: 1,
    time_range: "22:00,06:00",
    timezone: "Europe/Berlin",
    min_score: 0.8,
    min_length: 5,
  });
  expect((args.before ?? 0) - (args.after ?? 0)).toBe(3 * 86_400);
  expect(toArgs(NO_FILTERS, "UTC")).toEqual({ include_thumbnails: 0 });
});
