/** The way of an object through the picture, as it is drawn. */
import type { Sighting } from "@/api/events";

export interface Point {
  x: number; // shares of the picture's width
  y: number; // and of its height
  time: number;
}

/** Where the object touched the ground: the middle of each box's lower edge. */
export function trailOf(sightings: readonly Sighting[]): Point[] {
  return sightings
    .map(({ time, box: [x, y, width, height] }) => ({ x: x + width / 2, y: y + height, time }))
    .sort((a, b) => a.time - b.time);
}

/** Corner points of an SVG polyline in a picture of that size. */
export function polyline(trail: readonly Point[], width_px: number, height_px: number): string {
  return trail
    .map(({ x, y }) => `${(x * width_px).toFixed(1)},${(y * height_px).toFixed(1)}`)
    .join(" ");
}

/** Where the object was at a moment: between two points on the straight line; null outside of the way. */
export function pointAt(trail: readonly Point[], time: number): Point | null {
  const next = trail.findIndex((point) => point.time >= time);
  const [before, after] = [trail[next - 1], trail[next]];
  if (after === undefined) return null;
  if (before === undefined) return after.time === time ? after : null;
  const share = (time - before.time) / (after.time - before.time);
  return {
    x: before.x + (after.x - before.x) * share,
    y: before.y + (after.y - before.y) * share,
    time,
  };
}
