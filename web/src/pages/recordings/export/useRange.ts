/** The range that is chosen for an export, if any. */
import { useState } from "react";
import type { Conductor } from "../player/conductor";
import { lengthOf, type Span, zoomed } from "../timeline/scale";
import type { TimelineView } from "../timeline/useView";
import { rangeAround, withEdge } from "./range";

const SHOWN_S = 300; // what is seen of the timeline at most, so that edges can be taken hold of

export function useRange(conductor: Conductor, { day, view, look }: TimelineView) {
  const [range, change] = useState<Span | null>(null);
  const begin = () => {
    const { time } = conductor.shown();
    look(zoomed(view, Math.min(SHOWN_S / lengthOf(view), 1), time, day));
    return rangeAround(time, day);
  };
  return {
    range,
    change,
    setEdge: (edge: keyof Span) =>
      change(withEdge(range ?? begin(), edge, Math.round(conductor.shown().time))),
    toggle: () => change(range === null ? begin() : null),
    close: () => change(null),
  };
}
