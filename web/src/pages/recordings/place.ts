/** What the address says: `?camera=street,yard&time=1764000000`. */

export interface Place {
  cameras: readonly string[]; // none: the page chooses
  time: number | null; // Unix seconds; null: now
}

/** More players than this at once are too much for a phone, and too small to see. */
export const MOST_CAMERAS = 4;

export function readPlace(search: URLSearchParams): Place {
  const names = search.getAll("camera").flatMap((each) => each.split(","));
  const time = Number(search.get("time") ?? Number.NaN);
  return {
    cameras: [...new Set(names.filter((name) => name !== ""))].slice(0, MOST_CAMERAS),
    time: Number.isFinite(time) && time > 0 ? time : null,
  };
}

export function addressOfPlace({ cameras, time }: Place): string {
  const parts = [
    ...(cameras.length > 0 ? [`camera=${cameras.map(encodeURIComponent).join(",")}`] : []),
    ...(time === null ? [] : [`time=${Math.round(time * 100) / 100}`]),
  ];
  return parts.length > 0 ? `/recordings?${parts.join("&")}` : "/recordings";
}
