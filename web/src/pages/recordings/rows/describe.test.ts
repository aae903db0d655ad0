import { expect, test } from "vitest";
import type { EventRow } from "@/api/events";
import { eventBeside, type Row, seenAt } from "./describe";

const event = (id: string, start_time: number, end_time: number | null) =>
  ({ id, start_time, end_time }) as EventRow;
const gap = (start_time: number, end_time: number | null) => ({
  id: "1",
  camera: "street",
  reason: "camera_offline" as const,
  detail: "",
  start_time,
  end_time,
});
const ROW: Row = {
  camera: "street",
  activity: {
    start: 0,
    step: 10,
    recorded: [1, 1, 0, 0.5, 0, 0],
    motion: [0, 0.4, 0, 0, 0, 0],
    objects: [0, 1, 0, 0, 0, 0],
  },
  gaps: [gap(20, 35)],
  events: [event("a", 12, 18), event("b", 36, null)],
};

test("footage tells motion and who was there", () => {
  expect(seenAt(ROW, 5)).toEqual({ kind: "footage", hasMotion: false, events: [] });
  expect(seenAt(ROW, 15)).toEqual({ kind: "footage", hasMotion: true, events: [ROW.events[0]] });
  expect(seenAt(ROW, 37)).toMatchObject({ kind: "footage", events: [{ id: "b" }] });
});

test("a gap tells its reason, also in a step that was recorded in part", () => {
  expect(seenAt(ROW, 25)).toMatchObject({ kind: "gap", gap: { reason: "camera_offline" } });
  expect(seenAt(ROW, 32)).toMatchObject({ kind: "gap" });
  expect(seenAt({ ...ROW, gaps: [gap(40, null)] }, 1e9)).toMatchObject({ kind: "gap" });
});

test("what was neither recorded nor missed is nothing", () => {
  expect(seenAt(ROW, 45)).toEqual({ kind: "nothing" });
  expect(seenAt(ROW, 1e9)).toEqual({ kind: "nothing" });
  expect(seenAt({ ...ROW, activity: null }, 5)).toEqual({ kind: "nothing" });
});

test("events are walked in the order of time, over all cameras", () => {
  const other = { ...ROW, events: [event("c", 20, 22)] };
  expect(eventBeside([ROW, other], 12, 1)?.id).toBe("c");
  expect(eventBeside([ROW, other], 36, -1)?.id).toBe("c");
  expect(eventBeside([ROW, other], 36, 1)).toBeNull();
  expect(eventBeside([], 36, 1)).toBeNull();
});
