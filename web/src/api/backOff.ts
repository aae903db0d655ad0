/** How long to wait before a lost connection is tried again. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/** Milliseconds before the next try: twice as long each time, up to a bound. */
export function backOff_ms(failures: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
}
