/** Pixels of a timeline and moments; zooming, moving, and where the clock is written. */
import { minuteOfDay } from "@/time/days";

/** A span of time, Unix seconds. */
export interface Span {
  from: number;
  to: number;
}

export const SHORTEST_S = 120; // the closest look

const STEPS_MIN = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360] as const;

export const lengthOf = ({ from, to }: Span): number => to - from;

export function timeAt(view: Span, x_px: number, width_px: number): number {
  return view.from + (x_px / width_px) * lengthOf(view);
}

export function pixelOf(view: Span, time: number, width_px: number): number {
  return ((time - view.from) / lengthOf(view)) * width_px;
}

/** The same length, moved as little as possible so that it lies within the bounds. */
export function within(view: Span, bounds: Span): Span {
  const length_s = Math.min(lengthOf(view), lengthOf(bounds));
  const from = Math.min(Math.max(view.from, bounds.from), bounds.to - length_s);
  return { from, to: from + length_s };
}

/** Longer by a factor (shorter below 1); what is at `around` stays where it is. */
export function zoomed(view: Span, factor: number, around: number, bounds: Span): Span {
  const wanted_s = lengthOf(view) * factor;
  const length_s = Math.min(Math.max(wanted_s, SHORTEST_S), lengthOf(bounds));
  const share = (around - view.from) / lengthOf(view);
  const from = around - share * length_s;
  return within({ from, to: from + length_s }, bounds);
}

export function moved(view: Span, by_s: number, bounds: Span): Span {
  return within({ from: view.from + by_s, to: view.to + by_s }, bounds);
}

/** The view that shows a moment: as it is when the moment is well inside, else centred on it. */
export function showing(view: Span, time: number, bounds: Span): Span {
  if (time >= view.from && time <= view.to) return view;
  const half_s = lengthOf(view) / 2;
  return within({ from: time - half_s, to: time + half_s }, bounds);
}

/** Where the clock is written: full steps of the local clock, at most one for so many pixels. */
export function ticks(view: Span, width_px: number, zone: string, spacing_px = 64): number[] {
  const wanted_min = ((spacing_px / width_px) * lengthOf(view)) / 60;
  const step_min = STEPS_MIN.find((each) => each >= wanted_min) ?? 360;
  const found: number[] = [];
  const tried_s = Math.min(step_min, 15) * 60; // zones differ by quarters of an hour
  for (let time = Math.ceil(view.from / tried_s) * tried_s; time <= view.to; time += tried_s) {
    if (minuteOfDay(time, zone) % step_min === 0) found.push(time);
  }
  return found;
}
