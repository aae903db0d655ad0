/** The page Events: what happened, newest first, and one event beside it. */
import { PersonStanding, SearchX } from "lucide-react";
import { useCallback, useEffect, useMemo } from "react";
import { useLocation, useRoute, useSearch } from "wouter";
import { Button } from "@/parts/Button";
import { EmptyState } from "@/parts/EmptyState";
import { ErrorState } from "@/parts/ErrorState";
import { PageHeader } from "@/parts/PageHeader";
import { Skeleton } from "@/parts/Skeleton";
import { say } from "@/words";
import { EventDetail } from "./detail/EventDetail";
import styles from "./EventsPage.module.css";
import { FilterBar } from "./filters/FilterBar";
import { countFilters, type EventFilters, readFilters, writeFilters } from "./filters/filters";
import { EventList } from "./list/EventList";
import { neighbour } from "./list/listing";
import { CARD_ID, type EventList as Listed, useEventList } from "./list/useEventList";
import { useHidden } from "./list/useHidden";

export function EventsPage() {
  const search = useSearch();
  const [, navigate] = useLocation();
  const [, params] = useRoute("/events/:id");
  const openId = params?.id ?? null;
  const filters = useMemo(() => readFilters(new URLSearchParams(search)), [search]);
  const found = useEventList(filters);
  const hidden = useHidden();
  const list = useMemo(
    () => ({ ...found, events: found.events.filter((event) => !hidden.ids.has(event.id)) }),
    [found, hidden.ids],
  );

  const hrefOf = useCallback((id: string | null) => addressOfEvent(id, filters), [filters]);
  const open = useCallback((id: string | null) => navigate(hrefOf(id)), [navigate, hrefOf]);
  const step = useCallback(
    (by: -1 | 1) => {
      const next = openId !== null && neighbour(list.events, openId, by);
      if (next) open(next);
    },
    [list.events, openId, open],
  );
  useKeys(openId !== null, step);

  return (
    <>
      <PageHeader title={say("events.title")} />
      <FilterBar
        filters={filters}
        change={(next) => navigate(addressOfEvent(null, next), { replace: true })}
      />
      {list.waiting > 0 && (
        <Button tone="accent" className={styles.waiting} onClick={list.showWaiting}>
          {say("events.new", { count: list.waiting })}
        </Button>
      )}
      <Found list={list} filters={filters} hrefOf={hrefOf} openId={openId} />
      {openId !== null && (
        <EventDetail
          key={openId}
          id={openId}
          close={() => {
            open(null);
            document.getElementById(CARD_ID + openId)?.focus();
          }}
          step={step}
          change={list.change}
          hide={(id) => {
            hidden.hide(id);
            open(neighbour(list.events, id, 1));
          }}
          unhide={hidden.unhide}
        />
      )}
    </>
  );
}

interface FoundProps {
  list: Listed;
  filters: EventFilters;
  hrefOf: (id: string) => string;
  openId: string | null;
}

function Found({ list, filters, hrefOf, openId }: FoundProps) {
  const { query, events } = list;
  if (query.data === undefined) {
    if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
    return <Skeleton height="60vh" />;
  }
  if (events.length > 0) return <EventList list={list} hrefOf={hrefOf} openId={openId} />;
  return countFilters(filters) > 0 ? (
    <EmptyState Icon={SearchX} title={say("events.noneLeft")} hint={say("events.noneLeftHint")} />
  ) : (
    <EmptyState Icon={PersonStanding} title={say("events.none")} hint={say("events.noneHint")} />
  );
}

function addressOfEvent(id: string | null, filters: EventFilters): string {
  const path = id === null ? "/events" : `/events/${encodeURIComponent(id)}`;
  const search = writeFilters(filters);
  return search === "" ? path : `${path}?${search}`;
}

/** J, K and the arrows walk through the list while an event is open, unless somebody writes or plays. */
function useKeys(isOpen: boolean, step: (by: -1 | 1) => void) {
  useEffect(() => {
    if (!isOpen) return;
    const hear = (event: KeyboardEvent) => {
      const isElsewhere = (event.target as Element).closest(
        "input, select, textarea, video, dialog",
      );
      if (isElsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "j" || event.key === "ArrowDown") step(1);
      else if (event.key === "k" || event.key === "ArrowUp") step(-1);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [isOpen, step]);
}
