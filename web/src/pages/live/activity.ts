/** What happens before a camera: from the list of events that run, and from topics. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { query } from "@/api/query";
import { useMessages, useTopic } from "@/api/useTopics";

export interface Presence {
  label: string;
  count: number;
}

export interface Activity {
  present: readonly Presence[];
  isMoving: boolean;
}

const RUNNING = query("/api/events", { in_progress: 1, include_thumbnails: 0, limit: 500 });

/** How many objects of each label a camera sees, the most first. */
export function countByLabel(
  events: readonly { camera: string; label: string }[],
  camera: string,
): Presence[] {
  const counts = new Map<string, number>();
  for (const event of events) {
    if (event.camera === camera) counts.set(event.label, (counts.get(event.label) ?? 0) + 1);
  }
  const present = [...counts].map(([label, count]) => ({ label, count }));
  return present.sort((a, b) => b.count - a.count || a.label.localeCompare(b.label));
}

/** Whether an `events` message changes which events run. */
export function changesPresence(payload: unknown): boolean {
  return typeof payload === "string" && !payload.includes('"type":"update"');
}

/** What happens before one camera, kept true. */
export function useActivity(camera: string): Activity {
  const { data } = useQuery(RUNNING);
  const motion = useTopic(`${camera}/motion`);
  const present = useMemo(() => countByLabel(data ?? [], camera), [data, camera]);
  return { present, isMoving: motion === "ON" };
}

/** Has the list of running events asked anew when one begins or ends; once on a page. */
export function useFreshPresence(): void {
  const queries = useQueryClient();
  useMessages("events", (payload) => {
    if (changesPresence(payload)) void queries.invalidateQueries({ queryKey: ["/api/events"] });
  });
}
