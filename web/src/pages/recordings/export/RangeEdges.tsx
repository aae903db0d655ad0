/** The chosen range over the timeline; both edges are moved by pointer or keys. */
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { exactClock } from "@/time/format";
import { say } from "@/words";
import { pixelOf, type Span, timeAt } from "../timeline/scale";
import styles from "./Range.module.css";
import { withEdge } from "./range";

interface RangeEdgesProps {
  range: Span;
  view: Span;
  day: Span;
  change: (range: Span) => void;
}

export function RangeEdges({ range, view, day, change }: RangeEdgesProps) {
  const lane = useRef<HTMLDivElement>(null);
  const share = (time: number) => Math.min(Math.max(pixelOf(view, time, 100), 0), 100);
  const drag = (edge: keyof Span, event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !lane.current) return;
    const box = lane.current.getBoundingClientRect();
    const time = timeAt(view, event.clientX - box.left, box.width);
    change(withEdge(range, edge, Math.min(Math.max(time, day.from), day.to)));
  };
  const press = (edge: keyof Span, event: KeyboardEvent) => {
    const by_s = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (by_s === undefined) return;
    event.preventDefault();
    change(withEdge(range, edge, range[edge] + by_s * (event.shiftKey ? 10 : 1)));
  };
  return (
    <div ref={lane} className={styles.lane}>
      <div
        className={styles.range}
        style={{ left: `${share(range.from)}%`, right: `${100 - share(range.to)}%` }}
      />
      {(["from", "to"] as const).map((edge) => (
        <div
          key={edge}
          role="slider"
          tabIndex={0}
          className={styles.edge}
          style={{ left: `${share(range[edge])}%` }}
          aria-label={say(edge === "from" ? "range.start" : "range.end")}
          aria-valuemin={day.from}
          aria-valuemax={day.to}
          aria-valuenow={range[edge]}
          aria-valuetext={exactClock(range[edge])}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={(event) => drag(edge, event)}
          onKeyDown={(event) => press(edge, event)}
        />
      ))}
    </div>
  );
}
