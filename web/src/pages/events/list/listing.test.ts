import { expect, test } from "vitest";
import { anEvent } from "@/testing/events";
import { columnsIn, neighbour, patched, rowsOf, together } from "./listing";

const NOON = new Date(2026, 10, 26, 12).getTime() / 1000;
const YESTERDAY = NOON - 86_400;

test("each day has its line, and rows are full before the next begins", () => {
  const events = [3, 2, 1].map((n) => anEvent(`t${n}`, NOON + n));
  const rows = rowsOf([...events, anEvent("y", YESTERDAY)], 2);
  expect(rows.map((row) => (row.kind === "day" ? "day" : row.events.map((e) => e.id)))).toEqual([
    "day",
    ["t3", "t2"],
    ["t1"],
    "day",
    ["y"],
  ]);
});

test("an event that two pages hold is shown once, as it was told last", () => {
  const [old, now] = [anEvent("a", NOON, { end_time: null }), anEvent("a", NOON)];
  const shown = together([
    [anEvent("b", NOON + 1), old],
    [now, anEvent("c", NOON - 1)],
  ]);
  expect(shown.map((event) => event.id)).toEqual(["b", "a", "c"]);
  expect(shown[1]?.end_time).toBe(NOON + 8);
});

test("what is learned of an event changes that one alone", () => {
  const pages = [[anEvent("a", NOON)], [anEvent("b", NOON - 1)]];
  const after = patched(pages, "b", { retain_indefinitely: true });
  expect(after[0]).toEqual(pages[0]);
  expect(after[1]?.[0]?.retain_indefinitely).toBe(true);
});

test("neighbours end at the ends", () => {
  const events = [anEvent("a", NOON), anEvent("b", NOON - 1)];
  expect(neighbour(events, "a", 1)).toBe("b");
  expect(neighbour(events, "b", -1)).toBe("a");
  expect(neighbour(events, "b", 1)).toBeNull();
  expect(neighbour(events, "unknown", 1)).toBeNull();
});

test("there is always room for one", () => {
  expect(columnsIn(100, 220, 12)).toBe(1);
  expect(columnsIn(464, 220, 12)).toBe(2);
  expect(columnsIn(1200, 220, 12)).toBe(5);
});
