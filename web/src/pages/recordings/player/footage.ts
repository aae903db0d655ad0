/** Where there is footage, by the playlists of the players; what to do when the clock leaves it. */
import type { Stretch } from "@/api/playlist";
import type { Span } from "../timeline/scale";

/** Playlists cover this much: long enough to cross rarely, short enough to be loaded at once. */
export const WINDOW_S = 2 * 3600;

const LAST_S = 0.05; // of a stretch: less than a frame or two, and players stop short of it

/** What is known of a camera. */
export interface Footage {
  windowFrom: number; // begin of the window that the stretches are of
  frameRate: number; // pictures a second
  stretches: readonly Stretch[]; // of the window in which the clock is
  laterStarts: readonly number[]; // where there is footage behind the window, roughly, in order
}

/** The window of playlists in which a moment lies. */
export function windowOf(time: number): Span {
  const from = Math.floor(time / WINDOW_S) * WINDOW_S;
  return { from, to: from + WINDOW_S };
}

const endOf = ({ startTime, length_s }: Stretch) => startTime + length_s;

/** The footage that shows a moment. */
export function stretchAt(stretches: readonly Stretch[], time: number): Stretch | null {
  return stretches.find((each) => time >= each.startTime - 1e-3 && time < endOf(each)) ?? null;
}

/** Whether there is something to play from a moment on: not at the very end of footage. */
export function playsOnAt(stretches: readonly Stretch[], time: number): boolean {
  const here = stretchAt(stretches, time);
  return here !== null && time < endOf(here) - LAST_S;
}

/** The first moment at or after another that any camera shows; null when nothing is known. */
export function nextFootage(all: readonly Footage[], time: number): number | null {
  const starts = all.flatMap(({ stretches, laterStarts }) => {
    if (playsOnAt(stretches, time)) return [time];
    const near = stretches.find(({ startTime }) => startTime > time)?.startTime;
    const far = laterStarts.find((start) => start > time);
    return [near ?? far].filter((start) => start !== undefined);
  });
  return starts.length > 0 ? Math.min(...starts) : null;
}

/** Where recorded steps of a timeline begin after steps without footage. */
function startsOf(recorded: readonly number[], start: number, step_s: number): number[] {
  return recorded.flatMap((share, index) =>
    share > 0 && !((recorded[index - 1] ?? 0) > 0) ? [start + index * step_s] : [],
  );
}

/** Starts that lie behind a window; its end, where footage goes on over it. */
export function startsBehind(
  recorded: readonly number[],
  start: number,
  step_s: number,
  windowEnd: number,
): number[] {
  const first = Math.max(Math.floor((windowEnd - start) / step_s), 0);
  const later = startsOf(recorded.slice(first), start + first * step_s, step_s);
  return later.map((each) => Math.max(each, windowEnd));
}
