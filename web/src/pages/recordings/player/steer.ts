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
  speed: number;
  isPlaying: boolean; // the clock goes
}

const STILL_S = 0.02; // less than a frame
const NEAR_S = 0.02; // not worth a correction
const FAR_S = 0.5; // further than a change of rate should bring it back
const SETTLING_S = 0.8; // until a small error is gone
const MOST = 0.3; // no rate differs from the wanted by more

/** Small errors are made good by the rate, which nobody sees; large ones by a leap. */
export function steer({ media_s, wanted_s, speed, isPlaying }: Seen): Order {
  const ahead_s = media_s - wanted_s;
  if (!isPlaying) {
    return { isPlaying, rate: speed, seek_s: Math.abs(ahead_s) > STILL_S ? wanted_s : null };
  }
  if (Math.abs(ahead_s) > FAR_S * speed) {
    return { isPlaying, rate: speed, seek_s: wanted_s };
  }
  const share = -ahead_s / (SETTLING_S * speed);
  const correction = Math.abs(ahead_s) < NEAR_S ? 0 : Math.min(Math.max(share, -MOST), MOST);
  return { isPlaying, rate: speed * (1 + correction), seek_s: null };
}

/** The middle of the frame that is so many after the one shown. */
export function frameAfter(media_s: number, by: number, frameRate: number): number {
  const shown = Math.floor(media_s * frameRate + 1e-3);
  return Math.max((shown + by + 0.5) / frameRate, 0);
}
