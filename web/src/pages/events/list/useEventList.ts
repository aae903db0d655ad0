/** The list: page after page as it is scrolled, and what happens while it is looked at. */
import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
import { orThrow } from "@/api/answer";
import { ask } from "@/api/client";
import { type EventPatch, type EventRow, readEventMessage } from "@/api/events";
import { useMessages } from "@/api/useTopics";
import { OWN_ZONE } from "@/time/days";
import { type EventFilters, toArgs } from "../filters/filters";
import { patched, together } from "./listing";

const PAGE_SIZE = 60;
const CALM_S = 60; // who was looked at so long ago may have changed
const AT_TOP_PX = 80; // who has not scrolled sees new events at once
export const CARD_ID = "event-"; // what an event's id gets before it in the page
const SAME_INSTANT_S = 1e-3; // asked again, so that events of one instant are not torn apart

type Pages = InfiniteData<EventRow[], number | null>;

export interface EventList {
  events: readonly EventRow[];
  waiting: number; // new ones that are not shown, so that nothing jumps
  showWaiting: () => void;
  query: ReturnType<typeof useEventPages>;
  change: (id: string, patch: EventPatch & Partial<EventRow>) => void;
}

function useEventPages(filters: EventFilters) {
  return useInfiniteQuery({
    queryKey: ["events", filters],
    initialPageParam: null as number | null,
    staleTime: CALM_S * 1000,
    refetchOnWindowFocus: false,
    queryFn: async ({ pageParam, signal }) => {
      const args = toArgs(filters, OWN_ZONE);
      if (pageParam !== null) args.before = pageParam;
      return orThrow(await ask("/api/events", { ...args, limit: PAGE_SIZE }, signal));
    },
    getNextPageParam: (page) => {
      const last = page.at(-1);
      return page.length < PAGE_SIZE || last === undefined
        ? undefined
        : last.start_time + SAME_INSTANT_S;
    },
  });
}

/** The events that the filters leave, live. */
export function useEventList(filters: EventFilters): EventList {
  const query = useEventPages(filters);
  const queries = useQueryClient();
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const isAsking = useRef(false);
  const events = useMemo(() => together(query.data?.pages ?? []), [query.data]);

  const change = useCallback(
    (id: string, patch: EventPatch & Partial<EventRow>) =>
      queries.setQueriesData<Pages>(
        { queryKey: ["events"] },
        (known) => known && { ...known, pages: patched(known.pages, id, patch) },
      ),
    [queries],
  );

  const lookForNew = useCallback(async () => {
    if (isAsking.current) return;
    isAsking.current = true;
    const found = await newerThan(filters, events[0]?.start_time);
    isAsking.current = false;
    if (isLookedAt()) return setFresh(new Set(found.map((event) => event.id)));
    setFresh(new Set());
    queries.setQueryData<Pages>(["events", filters], (known) => {
      const [first = [], ...rest] = known?.pages ?? [];
      return known && { ...known, pages: [[...found, ...first], ...rest] };
    });
  }, [queries, filters, events]);

  useMessages("events", (payload) => {
    const { type, id, patch } = readEventMessage(payload);
    if (events.some((event) => event.id === id)) change(id, patch);
    else if (type !== "end" || !fresh.has(id)) void lookForNew();
  });

  const showWaiting = useCallback(() => {
    window.scrollTo({ top: 0 });
    void lookForNew();
  }, [lookForNew]);
  return { events, waiting: fresh.size, showWaiting, query, change };
}

/** Whether a card would move away from under the pointer, the focus or the eyes. */
function isLookedAt(): boolean {
  const card = document.querySelector(`[id^="${CARD_ID}"]:is(:hover, :focus-visible)`);
  return card !== null || window.scrollY > AT_TOP_PX;
}

/** What began after the newest of the list; nothing when nobody answers, for the next message asks again. */
async function newerThan(filters: EventFilters, newestTime: number | undefined) {
  const args = toArgs(filters, OWN_ZONE);
  const after = Math.max(args.after ?? 0, newestTime ?? 0);
  const answer = await ask("/api/events", { ...args, after, limit: PAGE_SIZE });
  return answer.kind === "ok" ? answer.value : [];
}
