/** Which day the timeline shows, and which part of it. */
import { useCallback, useEffect, useMemo, useState } from "react";
import { type DayName, dayOf, spanOfDay } from "@/time/days";
import type { Conductor } from "../player/conductor";
import { useShown } from "../player/useShown";
import { lengthOf, type Span, showing, within, zoomed } from "./scale";

const KEY_ZOOM = 2;

export interface TimelineView {
  dayName: DayName;
  day: Span;
  view: Span;
  look: (view: Span) => void;
  zoom: (by: -1 | 1) => void; // around what is shown
  follow: () => void; // show the moment that is shown, and keep doing so
}

/** The day is that of the clock; the view goes along with it unless the user looked elsewhere. */
export function useView(conductor: Conductor, zone: string): TimelineView {
  const dayName = useShown(conductor, ({ time }) => dayOf(time, zone));
  const day = useMemo(() => spanOfDay(dayName, zone), [dayName, zone]);
  const [wished, setWished] = useState<Span>(day);
  const [isFollowing, setIsFollowing] = useState(true);
  const view = useMemo(() => fitted(wished, day), [wished, day]);
  const isOutside = useShown(conductor, ({ time }) => time < view.from || time > view.to);
  useEffect(() => {
    if (isOutside && isFollowing) setWished(showing(view, conductor.shown().time, day));
  }, [isOutside, isFollowing, view, day, conductor]);
  const look = useCallback(
    (next: Span) => {
      const { time } = conductor.shown();
      setWished(next);
      setIsFollowing(time >= next.from && time <= next.to);
    },
    [conductor],
  );
  return {
    dayName,
    day,
    view,
    look,
    zoom: (by) => look(zoomed(view, KEY_ZOOM ** -by, conductor.shown().time, day)),
    follow: useCallback(() => setIsFollowing(true), []),
  };
}

/** A view of another day: as long as before, and a whole day stays one. */
function fitted(wished: Span, day: Span): Span {
  const wasWhole = lengthOf(wished) >= 23 * 3600 && wished.from !== day.from;
  return wasWhole ? day : within(wished, day);
}
