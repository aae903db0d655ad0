/** The range that is chosen for an export, if any. */
import { useState } from "react";
import type { Conductor } from "../player/conductor";
import type { Span } from "../timeline/scale";
import { rangeAround, withEdge } from "./range";

export function useRange(conductor: Conductor, day: Span) {
  const [range, change] = useState<Span | null>(null);
  const around = () => rangeAround(conductor.shown().time, day);
  return {
    range,
    change,
    setEdge: (edge: keyof Span) =>
      change(withEdge(range ?? around(), edge, Math.round(conductor.shown().time))),
    toggle: () => change(range === null ? around() : null),
    close: () => change(null),
  };
}
