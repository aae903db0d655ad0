import { expect, test } from "vitest";
import { mediaTimeOf, readStretches, wallTimeOf } from "./playlist";

const PLAYLIST = `#EXTM3U
#EXT-X-PROGRAM-DATE-TIME:2026-11-26T10:00:00.000Z
#EXTINF:4.0,
a.m4s
#EXT-X-PROGRAM-DATE-TIME:2026-11-26T10:00:04.000Z
#EXTINF:6.0,
b.m4s
#EXT-X-DISCONTINUITY
#EXT-X-PROGRAM-DATE-TIME:2026-11-26T10:05:00.000Z
#EXTINF:5.0,
c.m4s
`;
const TEN = Date.parse("2026-11-26T10:00:00Z") / 1000;

test("segments that follow each other are one stretch, a gap begins another", () => {
  expect(readStretches(PLAYLIST)).toEqual([
    { media_s: 0, startTime: TEN, length_s: 10 },
    { media_s: 10, startTime: TEN + 300, length_s: 5 },
  ]);
});

test("each moment with footage is found in the video and back", () => {
  const stretches = readStretches(PLAYLIST);
  for (const [time, media_s] of [
    [TEN, 0],
    [TEN + 9.5, 9.5],
    [TEN + 300, 10],
    [TEN + 303, 13],
  ] as const) {
    expect(mediaTimeOf(stretches, time)).toBe(media_s);
    expect(wallTimeOf(stretches, media_s)).toBe(time);
  }
});

test("a moment in a gap leads to the next footage, one behind the end to the end", () => {
  const stretches = readStretches(PLAYLIST);
  expect(mediaTimeOf(stretches, TEN + 60)).toBe(10);
  expect(mediaTimeOf(stretches, TEN + 1000)).toBe(15);
  expect(mediaTimeOf(stretches, TEN - 5)).toBe(0);
});

test("without a playlist nothing is known", () => {
  expect(mediaTimeOf([], TEN)).toBe(0);
  expect(wallTimeOf([], 3)).toBeNull();
});
