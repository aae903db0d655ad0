/** Where an object was when, and which moment its clip shows when. */
import { queryOptions } from "@tanstack/react-query";
import { orThrow } from "@/api/answer";
import { ask, getText } from "@/api/client";
import type { EventRow, Sighting } from "@/api/events";
import { readStretches } from "@/api/playlist";
import { addressOf, type Result } from "@/api/routes";

type KeyMoment = Result<"get", "/api/timeline">[number];

/** The object's way; from its key moments where none was kept. */
export function sightingsQuery(id: string, moments: readonly KeyMoment[] | undefined) {
  return queryOptions({
    queryKey: ["path", id, moments?.length],
    enabled: moments !== undefined,
    queryFn: async ({ signal }): Promise<readonly Sighting[]> => {
      const kept = await ask("/api/events/{event_id}/path", { event_id: id }, signal);
      if (kept.kind === "ok" && kept.value.length > 0) return kept.value;
      return (moments ?? []).map(({ timestamp, data }) => ({
        time: timestamp,
        box: data.box,
      }));
    },
  });
}

/** Which moment of the world each moment of the clip shows; asked again once the event is over. */
export function clockQuery(event: EventRow) {
  return queryOptions({
    queryKey: ["clock", event.id, event.end_time],
    queryFn: async ({ signal }) => {
      const address = addressOf("/vod/event/{event_id}/index.m3u8", { event_id: event.id });
      return readStretches(orThrow(await getText(address, signal)));
    },
  });
}
