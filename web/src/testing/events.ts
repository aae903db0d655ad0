/** Events for tests. */
import type { EventRow } from "@/api/events";

export function anEvent(id: string, start_time: number, rest: Partial<EventRow> = {}): EventRow {
  return {
    id,
    camera: "front",
    label: "person",
    sub_label: null,
    start_time,
    end_time: start_time + 8,
    zones: [],
    has_clip: true,
    has_snapshot: true,
    retain_indefinitely: false,
    plus_id: null,
    false_positive: null,
    data: {
      type: "object",
      score: 0.8,
      top_score: 0.9,
      box: [0.4, 0.4, 0.1, 0.2],
      region: null,
      attributes: [],
    },
    ...rest,
  };
}
