/** Class names that hold: `classes(styles.tile, isBusy && styles.busy)`. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
