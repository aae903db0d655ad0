/**
 * Which moment of the world a moment of a video shows, read from a playlist.
 *
 * Source: RFC 8216, 4.3.2.1 (EXTINF) and 4.3.2.6 (EXT-X-PROGRAM-DATE-TIME).
 */

/** A stretch without a gap. */
export interface Stretch {
  media_s: number; // where it begins in the video
  startTime: number; // Unix seconds
  length_s: number;
}

/** Stretches in the order of the playlist; what has no time of its own goes on from what was before. */
export function readStretches(playlist: string): Stretch[] {
  const stretches: Stretch[] = [];
  let media_s = 0;
  for (const line of playlist.split("\n")) {
    const last = stretches.at(-1);
    if (line.startsWith("#EXT-X-PROGRAM-DATE-TIME:")) {
      const startTime = Date.parse(line.slice(line.indexOf(":") + 1)) / 1000;
      if (last === undefined || Math.abs(last.startTime + last.length_s - startTime) > 0.1) {
        stretches.push({ media_s, startTime, length_s: 0 });
      }
    } else if (line.startsWith("#EXTINF:")) {
      const length_s = Number.parseFloat(line.slice("#EXTINF:".length));
      media_s += length_s;
      if (last !== undefined) last.length_s += length_s;
    }
  }
  return stretches;
}

/** Seconds into the video at which a moment is shown; the next footage when the moment lies in a gap. */
export function mediaTimeOf(stretches: readonly Stretch[], time: number): number {
  const stretch = stretches.find((each) => time < each.startTime + each.length_s);
  if (stretch !== undefined) return stretch.media_s + Math.max(time - stretch.startTime, 0);
  const last = stretches.at(-1);
  return last === undefined ? 0 : last.media_s + last.length_s;
}

/** The moment that is shown so many seconds into the video; null before anything is known. */
export function wallTimeOf(stretches: readonly Stretch[], media_s: number): number | null {
  const stretch = stretches.findLast((each) => each.media_s <= media_s) ?? stretches[0];
  if (stretch === undefined) return null;
  return stretch.startTime + Math.min(media_s - stretch.media_s, stretch.length_s);
}
