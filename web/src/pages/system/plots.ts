/** Small plots: a line over time, broken where nothing is known. */

export type Values = readonly (number | null)[];

/** The least and the greatest known value; null when nothing is known. */
export function rangeOf(values: Values): { least: number; most: number } | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : { least: Math.min(...known), most: Math.max(...known) };
}

/**
 * The `d` of an SVG path in a picture of that size, from zero to the greatest value.
 *
 * A value that stands alone between unknown ones is a dot.
 */
export function linePath(values: Values, width_px: number, height_px: number): string {
  const most = Math.max(rangeOf(values)?.most ?? 0, Number.EPSILON);
  const step_px = width_px / Math.max(values.length - 1, 1);
  let isDrawing = false;
  const parts = values.map((value, index) => {
    if (value === null) {
      isDrawing = false;
      return "";
    }
    const point = `${(index * step_px).toFixed(1)} ${(height_px * (1 - value / most)).toFixed(1)}`;
    const part = isDrawing ? `L${point}` : `M${point}l0 0`;
    isDrawing = true;
    return part;
  });
  return parts.join("");
}

/** What was known last. */
export function newestOf(values: Values | undefined): number | null {
  return values?.findLast((value) => value !== null) ?? null;
}

/** The means of as many neighbours, so that a plot is not finer than its pixels. */
export function coarser(values: Values, most: number): (number | null)[] {
  const size = Math.ceil(values.length / most);
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) => {
    const known = values.slice(index * size, (index + 1) * size).filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0) / known.length;
  });
}

/** Lines that hold a text, whatever its case. */
export function linesWith(log: string, text: string): string[] {
  const wanted = text.trim().toLowerCase();
  return log
    .split("\n")
    .filter((line) => line !== "" && (wanted === "" || line.toLowerCase().includes(wanted)));
}
