/** Changes of a polygon: corners are moved, added, taken away. */
import type { Corner } from "@/api/polygons";
import { LEAST_CORNERS } from "./shapes";

const within = (share: number) => Math.min(Math.max(share, 0), 1);

/** A polygon with one corner elsewhere, never outside the picture. */
export function moved(corners: readonly Corner[], index: number, [x, y]: Corner): Corner[] {
  return corners.map((corner, each) => (each === index ? [within(x), within(y)] : corner));
}

/** A polygon without a corner; unchanged when too few would be left. */
export function without(corners: readonly Corner[], index: number): readonly Corner[] {
  return corners.length > LEAST_CORNERS ? corners.filter((_, each) => each !== index) : corners;
}

/** The middle of the side that begins at a corner. */
export function middle(corners: readonly Corner[], index: number): Corner {
  const [a, b] = [corners[index] ?? [0, 0], corners[(index + 1) % corners.length] ?? [0, 0]];
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

/** A polygon with one more corner, behind the given one. */
export function withCorner(corners: readonly Corner[], index: number, at: Corner): Corner[] {
  return [...corners.slice(0, index + 1), at, ...corners.slice(index + 1)];
}

/** Whether two places are so near that a click on one means the other; in shares of the picture. */
export function areNear(a: Corner, b: Corner): boolean {
  return Math.hypot(a[0] - b[0], a[1] - b[1]) < 0.02;
}

/** How far a key moves a corner: an arrow a little, with Shift further; null for other keys. */
export function stepOf(key: string, isFar: boolean): Corner | null {
  const step = isFar ? 0.05 : 0.005;
  switch (key) {
    case "ArrowLeft":
      return [-step, 0];
    case "ArrowRight":
      return [step, 0];
    case "ArrowUp":
      return [0, -step];
    case "ArrowDown":
      return [0, step];
    default:
      return null;
  }
}

/** For who draws by keyboard: something in the middle, to be moved. */
export const MIDDLE: readonly Corner[] = [
  [0.35, 0.35],
  [0.65, 0.35],
  [0.65, 0.65],
  [0.35, 0.65],
];
