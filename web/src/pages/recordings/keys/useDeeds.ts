/** What keys and buttons do. */
import { useCallback, useEffect, useRef } from "react";
import { type DayName, dayAfter, spanOfDay } from "@/time/days";
import { nextSpeed } from "../player/clock";
import type { Conductor } from "../player/conductor";
import { eventBeside, type Row } from "../rows/describe";
import type { Span } from "../timeline/scale";
import type { TimelineView } from "../timeline/useView";
import { type Deed, deedOf } from "./keys";

interface Place {
  conductor: Conductor;
  timeline: TimelineView;
  rows: readonly Row[];
  zone: string;
  setRangeEdge: (edge: keyof Span) => void;
  close: () => void;
  help: () => void;
}

/** The same function for ever; it knows what is there when it is called. */
export function useDeeds(place: Place) {
  const latest = useRef(place);
  latest.current = place;
  const act = useCallback((deed: Deed) => carryOut(deed, latest.current), []);
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const deed = deedOf(event);
      if (deed === null || event.defaultPrevented || isElsewhere(event, deed)) return;
      event.preventDefault();
      act(deed);
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [act]);
  return act;
}

/** Whether a key belongs to what has the focus. */
function isElsewhere(event: KeyboardEvent, deed: Deed): boolean {
  if (document.querySelector('[role="dialog"], [role="menu"]')) return true;
  const target = event.target as Element;
  if (target.closest("input, select, textarea")) return true;
  return deed.kind === "toggle" && target.closest("button, a, summary") !== null;
}

function carryOut(deed: Deed, place: Place): void {
  const { conductor, timeline, rows } = place;
  const { time, isPlaying, speed } = conductor.shown();
  const deeds: { [K in Deed["kind"]]: (deed: Extract<Deed, { kind: K }>) => void } = {
    toggle: () => conductor.tell({ isPlaying: !isPlaying }),
    to: (wish) => go(place, wish.time),
    by: ({ seconds }) => go(place, time + seconds),
    edge: ({ edge }) => go(place, edge === "from" ? timeline.day.from : timeline.day.to - 1),
    day: ({ by }) => goToDay(place, dayAfter(timeline.dayName, by)),
    event: ({ by }) => go(place, eventBeside(rows, time, by)?.start_time ?? time),
    frame: ({ by }) => conductor.step(by),
    speed: ({ by }) => conductor.tell({ speed: nextSpeed(speed, by) }),
    zoom: ({ by }) => timeline.zoom(by),
    range: ({ edge }) => place.setRangeEdge(edge),
    close: () => place.close(),
    help: () => place.help(),
  };
  (deeds[deed.kind] as (deed: Deed) => void)(deed);
}

/** To a moment, but not into the future. */
function go({ conductor, timeline }: Place, time: number): void {
  timeline.follow();
  conductor.tell({ time: Math.min(time, Date.now() / 1000) });
}

/** To the same time of another day. */
export function goToDay(place: Pick<Place, "conductor" | "timeline" | "zone">, day: DayName): void {
  const { conductor, timeline, zone } = place;
  const { from, to } = spanOfDay(day, zone);
  const passed_s = conductor.shown().time - timeline.day.from;
  timeline.follow();
  conductor.tell({ time: Math.min(from + passed_s, to - 1, Date.now() / 1000) });
}
