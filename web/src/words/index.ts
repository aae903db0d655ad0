/** What the page says: `say("live.offline", { reason })`. Every text has a key in words/en. */
import { en } from "./en";
import { fill, type Wanted } from "./say";

export type Key = keyof typeof en;
type Values<K extends Key> = Record<Wanted<(typeof en)[K]>, string | number>;
type Rest<K extends Key> = [Wanted<(typeof en)[K]>] extends [never] ? [] : [values: Values<K>];

/** The language of the catalogue; numbers and times follow the browser. */
export const LANGUAGE = "en";

/** The text of a key, with its names filled in. */
export function say<K extends Key>(key: K, ...[values]: Rest<K>): string {
  return fill(en[key], (values as Readonly<Record<string, string | number>>) ?? {}, LANGUAGE);
}

/** A name of the configuration as people read it: `front_door` is "Front door". */
export function plainName(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
