/** How a player is brought to what the clock shows, and kept there. */

/** What a player is asked to do. */
export interface Order {
  isPlaying: boolean;
  rate: number;
  seek_s: number | null; // where to in the video; null to leave it
}

interface Seen {
  media_s: number; // where the player is
  wanted_s: number; // where the clock is
  rate: number; // how fast the player is
  speed: number;
  isPlaying: boolean; // the clock goes
}

const STILL_S = 0.02; // less than a frame
const NEAR_S = 0.02; // here a correction ends
const LOOSE_S = 0.04; // not worth a correction
const FAR_S = 0.5; // further than a change of rate should bring it back
const SETTLING_S = 0.8; // until a small error is gone
const MOST = 0.3; // no rate differs from the wanted by more

/** Small errors are made good by the rate, which nobody sees; large ones by a leap. */
export function steer({ media_s, wanted_s, rate, speed, isPlaying }: Seen): Order {
  const ahead_s = media_s - wanted_s;
  if (!isPlaying) {
    return { isPlaying, rate: speed, seek_s: Math.abs(ahead_s) > STILL_S ? wanted_s : null };
  }
  if (Math.abs(ahead_s) > FAR_S * speed) {
    return { isPlaying, rate: speed, seek_s: wanted_s };
  }
  return { isPlaying, rate: correctingRate(ahead_s, rate, speed), seek_s: null };
}

/** One rate from the first to the last tick of a correction: some players lose pictures at each change. */
function correctingRate(ahead_s: number, rate: number, speed: number): number {
  const error_s = Math.abs(ahead_s) / Math.max(speed, 1); // fast pictures are further apart
  const correction = rate / speed - 1;
  const isMending = correction * ahead_s < 0 && Math.abs(correction) <= MOST + 1e-3;
  if (error_s < (isMending ? NEAR_S : LOOSE_S)) return speed;
  if (isMending) return rate;
  const share = -ahead_s / (SETTLING_S * speed);
  return speed * (1 + Math.min(Math.max(share, -MOST), MOST));
}

/** The middle of the frame that is so many after the one shown. */
export function frameAfter(media_s: number, by: number, frameRate: number): number {
  const shown = Math.floor(media_s * frameRate + 1e-3);
  return Math.max((shown + by + 0.5) / frameRate, 0);
}
