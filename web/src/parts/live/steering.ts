/** Keeps a player at the live edge: when to jump, when to hurry, what to forget. */

export interface Span {
  start_s: number;
  end_s: number;
}

export interface Steering {
  seekTo_s: number | null;
  rate: number; // of playing
  forgetUntil_s: number | null;
}

/** So far behind the newest picture is played: a stall of the network up to this goes unseen. */
export const TARGET_S = 0.3;
/** From here on a player hurries until it is back at the target. */
export const LATE_S = 0.8;
/** From here on hurrying would take too long. */
export const LOST_S = 3;
const HURRY = 1.1;

/** Removing takes what depends on it along, so the group of pictures that plays must be far. */
const KEPT_S = 20;
const TOO_MUCH_S = 40;

/** What a player should do now. `buffered` is in order of time, `rate` the one that it has. */
export function steer(buffered: readonly Span[], position_s: number, rate: number): Steering {
  const first = buffered[0];
  const newest = buffered.at(-1);
  if (first === undefined || newest === undefined) {
    return { seekTo_s: null, rate: 1, forgetUntil_s: null };
  }
  const edge_s = Math.max(newest.start_s, newest.end_s - TARGET_S);
  const behind_s = newest.end_s - position_s;
  const isElsewhere = position_s < newest.start_s || behind_s < -LATE_S; // the clock began anew
  const isLost = isElsewhere || behind_s > LOST_S;
  const hurries = behind_s > LATE_S || (rate > 1 && behind_s > TARGET_S);
  const forgets = position_s - first.start_s > TOO_MUCH_S;
  return {
    seekTo_s: isLost ? edge_s : null,
    rate: hurries && !isLost ? HURRY : 1,
    forgetUntil_s: forgets ? position_s - KEPT_S : null,
  };
}
