/** What the service worker keeps: the page itself, never what Picket tells or shows. */

/** First folders that are the API's, as the server has them; media lie below the latter ones. */
const API = ["api", "vod", "clips", "ws"];
const MEDIA = ["exports", "recordings"];

/** Where the page itself is kept. */
export const SHELL = "/";

export type Handling = "asset" | "page" | "none";

interface Asked {
  url: string;
  method: string;
  mode: string; // of the request: `navigate` for what the address bar asks
}

/** What the worker does with a request: most it leaves alone. */
export function handlingOf({ url, method, mode }: Asked, origin: string): Handling {
  const { origin: where, pathname } = new URL(url);
  if (method !== "GET" || where !== origin) return "none";
  if (pathname.startsWith("/assets/")) return "asset";
  const [first = "", ...below] = pathname.split("/").filter((part) => part !== "");
  const isMedia = MEDIA.includes(first) && below.length > 0;
  return mode === "navigate" && !API.includes(first) && !isMedia ? "page" : "none";
}

/** The hashed files that the page's first file names. */
export function namedIn(html: string): string[] {
  return [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, name = ""]) => name);
}

/** Kept addresses that this build does not know any more. */
export function outdated(kept: readonly string[], files: readonly string[]): string[] {
  return kept.filter((url) => {
    const { pathname } = new URL(url);
    return pathname !== SHELL && !files.includes(pathname);
  });
}

/** A message as Picket seals it for browsers. */
export interface Told {
  title: string;
  body: string;
  tag: string;
  url: string | null;
  image: string | null;
  event_id: string | number | null;
}

/** Where a click on a message leads: to its event on the page, to its address, or to the page. */
export function placeOf({ event_id, url }: Pick<Told, "event_id" | "url">): string {
  if (event_id !== null && event_id !== "") return `/events/${encodeURIComponent(event_id)}`;
  return url ?? SHELL;
}
