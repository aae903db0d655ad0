/** The one clock that all players follow: which moment is shown, and how it goes on. */

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16] as const;
export type Speed = (typeof SPEEDS)[number];

/** Above this speed single pictures are shown: a browser would have to decode hundreds a second. */
export const FASTEST_VIDEO: Speed = 4;

export interface Clock {
  time: number; // shown at `set_ms`, Unix seconds
  set_ms: number; // by the browser's steady clock
  speed: Speed;
  isPlaying: boolean; // what the user wants
  isHeld: boolean; // waits for players
}

export function clockAt(time: number, now_ms: number): Clock {
  return { time, set_ms: now_ms, speed: 1, isPlaying: false, isHeld: false };
}

const runs = ({ isPlaying, isHeld }: Clock) => isPlaying && !isHeld;

/** The moment that is shown now. */
export function read(clock: Clock, now_ms: number): number {
  return runs(clock) ? clock.time + ((now_ms - clock.set_ms) / 1000) * clock.speed : clock.time;
}

/** The clock after a change; without a new time it goes on from what it shows. */
export function change(clock: Clock, now_ms: number, wish: Partial<Omit<Clock, "set_ms">>): Clock {
  return { ...clock, time: read(clock, now_ms), set_ms: now_ms, ...wish };
}

/** The next faster (1) or slower (-1) speed; the same at the end. */
export function nextSpeed(speed: Speed, by: -1 | 1): Speed {
  return SPEEDS[SPEEDS.indexOf(speed) + by] ?? speed;
}
