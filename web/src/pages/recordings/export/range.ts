/** The span that is chosen for an export. */
import type { Span } from "../timeline/scale";

const USUAL_S = 30; // to each side of the moment that is shown
const LEAST_S = 1;

/** Around a moment, within bounds. */
export function rangeAround(time: number, bounds: Span): Span {
  return {
    from: Math.max(Math.floor(time) - USUAL_S, bounds.from),
    to: Math.min(Math.ceil(time) + USUAL_S, bounds.to),
  };
}

/** The range with one of its edges elsewhere; the other one gives way when they meet. */
export function withEdge(range: Span, edge: keyof Span, time: number): Span {
  return edge === "from"
    ? { from: time, to: Math.max(range.to, time + LEAST_S) }
    : { from: Math.min(range.from, time - LEAST_S), to: time };
}
