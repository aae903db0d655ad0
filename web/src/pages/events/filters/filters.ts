/** What the list of events is narrowed to: kept in the address, asked of the API. */
import type { Args } from "@/api/routes";
import { dayAfter, startOfDay } from "@/time/days";

/** Yes, no, or no matter. */
export type YesNo = "1" | "0" | "";
export const SWITCHES = ["has_clip", "has_snapshot", "in_progress", "favorites"] as const;
export const LISTS = ["cameras", "labels", "zones", "sub_labels"] as const;
export type SwitchName = (typeof SWITCHES)[number];
export type ListName = (typeof LISTS)[number];

export interface EventFilters {
  cameras: readonly string[];
  labels: readonly string[];
  zones: readonly string[];
  sub_labels: readonly string[];
  has_clip: YesNo;
  has_snapshot: YesNo;
  in_progress: YesNo;
  favorites: YesNo;
  from: string; // a day as YYYY-MM-DD in the browser's zone; empty: no bound
  to: string; // the last day that counts
  since: string; // "HH:MM" of the day
  until: string;
  minScore: number; // percent; 0 is no bound
  minLength_s: number;
}

export const NO_FILTERS: EventFilters = {
  cameras: [],
  labels: [],
  zones: [],
  sub_labels: [],
  has_clip: "",
  has_snapshot: "",
  in_progress: "",
  favorites: "",
  from: "",
  to: "",
  since: "",
  until: "",
  minScore: 0,
  minLength_s: 0,
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAYTIME = /^\d{2}:\d{2}$/;

/** The filters of an address; what makes no sense is no filter. */
export function readFilters(search: URLSearchParams): EventFilters {
  const text = (name: string, form: RegExp) => {
    const value = search.get(name) ?? "";
    return form.test(value) ? value : "";
  };
  const list = (name: string) => (search.get(name) ?? "").split(",").filter((each) => each !== "");
  const yesNo = (name: string) => text(name, /^[01]$/) as YesNo;
  const amount = (name: string, most: number) => {
    const value = Number(search.get(name));
    return value > 0 ? Math.min(value, most) : 0;
  };
  return {
    cameras: list("cameras"),
    labels: list("labels"),
    zones: list("zones"),
    sub_labels: list("sub_labels"),
    has_clip: yesNo("has_clip"),
    has_snapshot: yesNo("has_snapshot"),
    in_progress: yesNo("in_progress"),
    favorites: yesNo("favorites"),
    from: text("from", DAY),
    to: text("to", DAY),
    since: text("since", DAYTIME),
    until: text("until", DAYTIME),
    minScore: amount("min_score", 100),
    minLength_s: amount("min_length", 86_400),
  };
}

/** The address's query string; empty without filters. */
export function writeFilters(filters: EventFilters): string {
  const search = new URLSearchParams();
  for (const name of LISTS) if (filters[name].length > 0) search.set(name, filters[name].join(","));
  for (const name of [...SWITCHES, "from", "to", "since", "until"] as const) {
    if (filters[name] !== "") search.set(name, filters[name]);
  }
  if (filters.minScore > 0) search.set("min_score", String(filters.minScore));
  if (filters.minLength_s > 0) search.set("min_length", String(filters.minLength_s));
  return search.toString();
}

type EventArgs = Args<"get", "/api/events">;

/** The question that finds them; a day lasts from midnight to midnight where the user is. */
export function toArgs(filters: EventFilters, timezone: string): EventArgs {
  const args: EventArgs = { include_thumbnails: 0, ...timeArgs(filters, timezone) };
  for (const name of LISTS) if (filters[name].length > 0) args[name] = filters[name].join(",");
  for (const name of ["has_clip", "has_snapshot", "in_progress"] as const) {
    if (filters[name] !== "") args[name] = filters[name] === "1" ? 1 : 0;
  }
  if (filters.favorites === "1") args.favorites = 1;
  if (filters.minScore > 0) args.min_score = filters.minScore / 100;
  if (filters.minLength_s > 0) args.min_length = filters.minLength_s;
  return args;
}

function timeArgs({ from, to, since, until }: EventFilters, timezone: string): EventArgs {
  const args: EventArgs = {};
  if (from !== "") args.after = startOfDay(from, timezone);
  if (to !== "") args.before = startOfDay(dayAfter(to), timezone);
  if (since !== "" || until !== "") {
    args.time_range = `${since || "00:00"},${until || "24:00"}`;
    args.timezone = timezone;
  }
  return args;
}

/** How many kinds of filters are set. */
export function countFilters(filters: EventFilters): number {
  return new URLSearchParams(writeFilters(filters)).size;
}
