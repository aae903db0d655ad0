/** Events as the page reads them, and what `/ws` tells of them. */

import type { Result } from "./routes";
import type { Payload } from "./topics";

export type EventRow = Result<"get", "/api/events">[number];

/** What a message tells of an event that is in a list already. */
export type EventPatch = Partial<
  Pick<EventRow, "end_time" | "has_clip" | "has_snapshot" | "zones" | "retain_indefinitely">
>;

export interface EventMessage {
  type: "new" | "update" | "end";
  id: string;
  patch: EventPatch;
}

interface Told {
  id: string;
  end_time: number | null;
  has_clip: boolean;
  has_snapshot: boolean;
  entered_zones: string[];
}

/** The message behind a payload of the topic `events`. */
export function readEventMessage(payload: Payload): EventMessage {
  const { type, after } = JSON.parse(String(payload)) as {
    type: EventMessage["type"];
    after: Told;
  };
  const { id, end_time, has_clip, has_snapshot, entered_zones } = after;
  return { type, id, patch: { end_time, has_clip, has_snapshot, zones: entered_zones } };
}

/** A point of an object's way: its box as shares of the picture (x, y, width, height). */
export type Sighting = Result<"get", "/api/events/{event_id}/path">[number];
