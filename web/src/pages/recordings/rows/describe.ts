/** What a timeline shows at a moment. */
import type { EventRow } from "@/api/events";
import type { Result } from "@/api/routes";

export type Activity = Result<"get", "/api/{camera}/activity">;
export type Gap = Result<"get", "/api/{camera}/gaps">[number];

/** What is drawn of a camera. */
export interface Row {
  camera: string;
  activity: Activity | null; // null while it is asked for
  gaps: readonly Gap[];
  events: readonly EventRow[];
}

export type Seen =
  | { kind: "gap"; gap: Gap }
  | { kind: "nothing" }
  | { kind: "footage"; hasMotion: boolean; events: readonly EventRow[] };

const MOVES = 0.02; // less is noise, and too small to be drawn

/** A gap that goes on has no end yet. */
const reaches = (end_time: number | null, time: number) => end_time === null || time < end_time;

export function seenAt(row: Row, time: number): Seen {
  const gap = row.gaps.find((each) => time >= each.start_time && reaches(each.end_time, time));
  if (gap !== undefined) return { kind: "gap", gap };
  if (row.activity === null) return { kind: "nothing" };
  const { start, step, recorded, motion } = row.activity;
  const index = Math.floor((time - start) / step);
  if (!(recorded[index] ?? 0)) return { kind: "nothing" };
  const events = row.events.filter(
    ({ start_time, end_time }) => time >= start_time && reaches(end_time, time),
  );
  return { kind: "footage", hasMotion: (motion[index] ?? 0) > MOVES, events };
}

/** The event that begins next after a moment (1), or the one that began last before it (-1). */
export function eventBeside(rows: readonly Row[], time: number, by: -1 | 1): EventRow | null {
  const all = rows.flatMap(({ events }) => events);
  all.sort((a, b) => a.start_time - b.start_time);
  const isBeyond = ({ start_time }: EventRow) =>
    by === 1 ? start_time > time + 1 : start_time < time - 2;
  return (by === 1 ? all.find(isBeyond) : all.findLast(isBeyond)) ?? null;
}
