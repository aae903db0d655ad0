/** The day of each camera, one below the other, on one scale. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { clock, exactClock } from "@/time/format";
import { plainName, say } from "@/words";
import type { Conductor } from "../player/conductor";
import { useShown } from "../player/useShown";
import type { Row } from "../rows/describe";
import { wordsAt } from "../rows/words";
import { Still } from "../screens/Still";
import { RowCanvas } from "./RowCanvas";
import { pixelOf, type Span, ticks } from "./scale";
import styles from "./Timeline.module.css";
import { useGestures } from "./useGestures";

const STILL_PX = 120;

interface TimelineProps {
  conductor: Conductor;
  rows: readonly Row[];
  day: Span;
  view: Span;
  zone: string;
  look: (view: Span) => void;
  children?: ReactNode; // what lies over it
}

export function Timeline({ conductor, rows, day, view, zone, look, children }: TimelineProps) {
  const area = useRef<HTMLDivElement>(null);
  const width_px = useWidth(area);
  const [pointed, setPointed] = useState<number | null>(null);
  const gestures = useGestures({
    area,
    view,
    day,
    look,
    hover: setPointed,
    scrub: (time) => conductor.scrub(time),
  });
  const toldTime = useShown(conductor, ({ time, isPlaying }) =>
    isPlaying ? Math.floor(time / 10) * 10 : Math.floor(time),
  );
  return (
    <div className={styles.timeline}>
      <Axis view={view} width_px={width_px} zone={zone} />
      <div
        ref={area}
        role="slider"
        tabIndex={0}
        className={styles.area}
        aria-label={say("timeline.label")}
        aria-valuemin={day.from}
        aria-valuemax={day.to}
        aria-valuenow={toldTime}
        aria-valuetext={say("timeline.at", {
          time: exactClock(toldTime),
          seen: wordsAt(rows, toldTime),
        })}
        {...gestures}
      >
        {rows.map((row) => (
          <div key={row.camera} className={styles.row}>
            <RowCanvas row={row} view={view} width_px={width_px} />
            {rows.length > 1 && <span className={styles.rowName}>{plainName(row.camera)}</span>}
          </div>
        ))}
      </div>
      <Playhead conductor={conductor} view={view} />
      {children}
      {pointed !== null && <Pointed rows={rows} time={pointed} view={view} />}
    </div>
  );
}

function Axis({ view, width_px, zone }: { view: Span; width_px: number; zone: string }) {
  return (
    <div className={styles.axis} aria-hidden>
      {width_px > 0 &&
        ticks(view, width_px, zone).map((time) => (
          <span key={time} style={{ left: `${pixelOf(view, time, 100)}%` }}>
            {clock(time)}
          </span>
        ))}
    </div>
  );
}

function Playhead({ conductor, view }: { conductor: Conductor; view: Span }) {
  const time = useShown(conductor, (shown) => shown.time);
  if (time < view.from || time > view.to) return null;
  return <div className={styles.playhead} style={{ left: `${pixelOf(view, time, 100)}%` }} />;
}

/** What is under the pointer: its time, what is there, and how it looked. */
function Pointed({ rows, time, view }: { rows: readonly Row[]; time: number; view: Span }) {
  const share = pixelOf(view, time, 100);
  return (
    <div
      className={styles.pointed}
      style={{ left: `clamp(90px, ${share}%, calc(100% - 90px))` }}
      aria-hidden
    >
      {rows[0] && (
        <Still
          key={rows[0].camera}
          camera={rows[0].camera}
          time={time}
          height_px={STILL_PX}
          label=""
        />
      )}
      <strong>{exactClock(time)}</strong>
      <span>{wordsAt(rows, time)}</span>
    </div>
  );
}

function useWidth(place: { current: HTMLElement | null }): number {
  const [width_px, setWidth] = useState(0);
  useEffect(() => {
    if (place.current === null) return;
    const watch = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [place]);
  return width_px;
}
