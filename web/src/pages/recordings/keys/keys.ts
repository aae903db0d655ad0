/** What keys do on this page. */

export type Deed =
  | { kind: "toggle" }
  | { kind: "by"; seconds: number }
  | { kind: "to"; time: number }
  | { kind: "frame"; by: -1 | 1 }
  | { kind: "speed"; by: -1 | 1 }
  | { kind: "zoom"; by: -1 | 1 }
  | { kind: "day"; by: -1 | 1 }
  | { kind: "event"; by: -1 | 1 }
  | { kind: "edge"; edge: "from" | "to" } // of the day
  | { kind: "range"; edge: "from" | "to" }
  | { kind: "close" }
  | { kind: "help" };

const DEEDS = new Map<string, Deed>(
  Object.entries<Deed>({
    " ": { kind: "toggle" },
    ArrowLeft: { kind: "by", seconds: -10 },
    ArrowRight: { kind: "by", seconds: 10 },
    "Shift ArrowLeft": { kind: "by", seconds: -60 },
    "Shift ArrowRight": { kind: "by", seconds: 60 },
    PageUp: { kind: "by", seconds: -3600 },
    PageDown: { kind: "by", seconds: 3600 },
    Home: { kind: "edge", edge: "from" },
    End: { kind: "edge", edge: "to" },
    ",": { kind: "frame", by: -1 },
    ".": { kind: "frame", by: 1 },
    "<": { kind: "speed", by: -1 },
    ">": { kind: "speed", by: 1 },
    "+": { kind: "zoom", by: 1 },
    "=": { kind: "zoom", by: 1 },
    "-": { kind: "zoom", by: -1 },
    "[": { kind: "day", by: -1 },
    "]": { kind: "day", by: 1 },
    p: { kind: "event", by: -1 },
    n: { kind: "event", by: 1 },
    i: { kind: "range", edge: "from" },
    o: { kind: "range", edge: "to" },
    Escape: { kind: "close" },
    "?": { kind: "help" },
  }),
);

interface Pressed {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Null for keys that are somebody else's. */
export function deedOf({ key, shiftKey, ctrlKey, metaKey, altKey }: Pressed): Deed | null {
  if (ctrlKey || metaKey || altKey) return null;
  const isNamed = key.length > 1; // signs have Shift in them already
  const name = key.length === 1 ? key.toLowerCase() : key;
  return DEEDS.get(shiftKey && isNamed ? `Shift ${name}` : name) ?? null;
}

/** For the sheet of keys: in the order in which they are listed. */
export const KEY_NAMES = [
  "space",
  "arrows",
  "frames",
  "speed",
  "zoom",
  "hours",
  "ends",
  "days",
  "events",
  "range",
  "escape",
  "help",
] as const;
