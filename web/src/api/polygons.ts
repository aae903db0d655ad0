/** Zones and masks as the configuration file has them, and as corners. */
import type { Polygon } from "./config";

/** Shares of the picture, 0..1. */
export type Corner = readonly [x: number, y: number];

const DIGITS = 4; // a tenth of a pixel of a wide picture

/** What may be one text or several, as several. */
export const listOf = (value: string | readonly string[]) =>
  typeof value === "string" ? [value] : [...value];

/** One polygon as text, several of them, or one as a list of points. */
export function masksOf(mask: Polygon | null): string[] {
  const texts = listOf(mask ?? []).filter((each) => each.trim() !== "");
  const arePoints = texts.length > 0 && texts.every((text) => text.split(",").length === 2);
  return arePoints ? [texts.join(",")] : texts;
}

interface Size {
  width: number | null;
  height: number | null;
}

/** The corners of a polygon as the file has it: shares, or pixels of the detect stream. */
export function cornersOf(polygon: Polygon, { width, height }: Size): Corner[] {
  const text = listOf(polygon).join(",");
  const numbers = text.split(",").map(Number);
  const areShares = text.includes(".") && numbers.every((number) => number <= 1);
  const [across, down] = areShares ? [1, 1] : [width ?? 1, height ?? 1];
  const corners: Corner[] = [];
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    corners.push([
      within((numbers[index] ?? 0) / across),
      within((numbers[index + 1] ?? 0) / down),
    ]);
  }
  return corners;
}

const within = (share: number) => Math.min(Math.max(share, 0), 1);

/** A polygon as the file has it: shares, at least one with a decimal point. */
export function polygonText(corners: readonly Corner[]): string {
  const write = (share: number) => String(Number(within(share).toFixed(DIGITS)));
  const text = corners.flat().map(write).join(",");
  return text.includes(".") ? text : text.replace(/^\d/, "$&.0"); // else they would be pixels
}
