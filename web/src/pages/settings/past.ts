/** A value with its past and its undone future. */
export interface Past<T> {
  before: readonly T[];
  now: T;
  after: readonly T[];
}

const REMEMBERED = 100;

export const begin = <T>(now: T): Past<T> => ({ before: [], now, after: [] });

/** A new value; what was undone cannot come back. */
export function become<T>({ before, now }: Past<T>, next: T): Past<T> {
  return { before: [...before, now].slice(-REMEMBERED), now: next, after: [] };
}

/** One step back; unchanged at the beginning. */
export function undo<T>(past: Past<T>): Past<T> {
  const last = past.before.at(-1);
  if (last === undefined) return past;
  return { before: past.before.slice(0, -1), now: last, after: [past.now, ...past.after] };
}

/** One step forth again; unchanged at the end. */
export function redo<T>(past: Past<T>): Past<T> {
  const [next, ...rest] = past.after;
  return next === undefined ? past : { before: [...past.before, past.now], now: next, after: rest };
}
