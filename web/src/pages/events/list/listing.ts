/** The list as it is drawn: rows of cards under their days, and what happens to it while it is looked at. */
import type { EventPatch, EventRow } from "@/api/events";
import { dayOf, OWN_ZONE } from "@/time/days";

export type Row =
  | { kind: "day"; key: string; time: number }
  | { kind: "cards"; key: string; events: readonly EventRow[] };

/** Events, newest first, in rows of so many, each day under its own line. */
export function rowsOf(events: readonly EventRow[], columns: number): Row[] {
  const rows: Row[] = [];
  let day = "";
  let row: EventRow[] = [];
  for (const event of events) {
    const itsDay = dayOf(event.start_time, OWN_ZONE);
    if (itsDay !== day) rows.push({ kind: "day", key: itsDay, time: event.start_time });
    if (itsDay !== day || row.length === columns) {
      row = [];
      rows.push({ kind: "cards", key: event.id, events: row });
    }
    day = itsDay;
    row.push(event);
  }
  return rows;
}

/** Every event once, newest first, whatever page it came with; of two the later told counts. */
export function together(pages: readonly (readonly EventRow[])[]): EventRow[] {
  const known = new Map<string, EventRow>();
  for (const event of pages.flat()) known.set(event.id, event);
  return [...known.values()].sort((a, b) => b.start_time - a.start_time);
}

/** The pages with what was learned of one event. */
export function patched(
  pages: readonly (readonly EventRow[])[],
  id: string,
  patch: EventPatch & Partial<EventRow>,
): EventRow[][] {
  return pages.map((page) =>
    page.map((event) => (event.id === id ? { ...event, ...patch } : event)),
  );
}

/** The neighbour of an event in the list: -1 is newer, 1 is older; null beyond the ends. */
export function neighbour(events: readonly EventRow[], id: string, step: -1 | 1): string | null {
  const index = events.findIndex((event) => event.id === id);
  return index < 0 ? null : (events[index + step]?.id ?? null);
}

/** How many cards of at least that width fit beside each other. */
export function columnsIn(width_px: number, least_px: number, gap_px: number): number {
  return Math.max(Math.floor((width_px + gap_px) / (least_px + gap_px)), 1);
}
