/** What a timeline shows, in words. */
import { plainName, say } from "@/words";
import { type Row, type Seen, seenAt } from "./describe";

export function wordsOf(seen: Seen): string {
  switch (seen.kind) {
    case "gap":
      return say("timeline.gap", { reason: say(`gap.${seen.gap.reason}`) });
    case "nothing":
      return say("timeline.nothing");
    case "footage": {
      const names = new Set(seen.events.map((event) => event.sub_label ?? plainName(event.label)));
      const motion = seen.hasMotion ? [say("timeline.motion")] : [];
      return [say("timeline.footage"), ...motion, ...names].join(", ");
    }
  }
}

/** Of all cameras at a moment. */
export function wordsAt(rows: readonly Row[], time: number): string {
  if (rows.length === 1 && rows[0]) return wordsOf(seenAt(rows[0], time));
  return rows
    .map((row) =>
      say("timeline.of", { camera: plainName(row.camera), seen: wordsOf(seenAt(row, time)) }),
    )
    .join("; ");
}
