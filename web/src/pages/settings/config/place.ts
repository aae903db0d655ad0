/** Where in a YAML file something stands, by its indentation: also while it is half written. */
import type { Path } from "./schema";

export interface Place {
  path: Path; // of the mapping or, for a value, of its key
  isValue: boolean; // after the colon
  typed: string; // what is there already, up to the cursor
}

interface Line {
  indent: number; // where its key begins, behind any dashes
  dashes: number[]; // where the dashes of list items stand
  key: string | null;
  rest: string; // behind the colon, or all of it
}

const KEY = /^("[^"]*"|'[^']*'|[^\s#:{}[\],"'][^#:]*?)\s*:(?:\s+(.*)|)$/;

function read(text: string): Line {
  const dashes: number[] = [];
  let indent = text.length - text.trimStart().length;
  while (/^-(\s|$)/.test(text.slice(indent))) {
    dashes.push(indent);
    const behind = text.slice(indent + 1);
    indent += 1 + Math.max(behind.length - behind.trimStart().length, 1);
  }
  const content = text.slice(indent);
  const found = KEY.exec(content);
  const key = found?.[1]?.replace(/^["']|["']$/g, "") ?? null;
  return { indent, dashes, key, rest: key === null ? content : (found?.[2] ?? "") };
}

const isEmpty = (text: string) => /^\s*(#.*)?$/.test(text);

/** How far up the path is known: what stands left of the edge is around it. */
interface Climb {
  path: string[];
  edge: number;
  isItem: boolean; // a list may stand as far left as its key
}

/** One line further up. */
function climb({ path, edge, isItem }: Climb, { indent, dashes, key }: Line): Climb {
  const isAround = indent < edge || (isItem && indent === edge && dashes.length === 0);
  const next: Climb =
    isAround && key !== null
      ? { path: [key, ...path], edge: indent, isItem: false }
      : { path, edge, isItem };
  const opened = dashes.filter((dash) => dash < next.edge);
  if (opened.length === 0 || indent > next.edge) return next;
  const items = opened.map(() => "-");
  return { path: [...items, ...next.path], edge: opened[0] ?? next.edge, isItem: true };
}

/** The path of what begins in a column, from the lines above it. */
function pathAbove(lines: readonly string[], column: number, dashes: readonly number[]): Path {
  let here: Climb = {
    path: dashes.map(() => "-"),
    edge: dashes[0] ?? column,
    isItem: dashes.length > 0,
  };
  for (const text of [...lines].reverse()) {
    if (here.edge === 0 && !here.isItem) break;
    if (!isEmpty(text)) here = climb(here, read(text));
  }
  return here.path;
}

/** Where the cursor stands: what may be written there. */
export function placeAt(lines: readonly string[], row: number, column: number): Place {
  const text = (lines[row] ?? "").slice(0, column);
  const line = read(text);
  const above = pathAbove(lines.slice(0, row), line.indent, line.dashes);
  if (line.key !== null) return { path: [...above, line.key], isValue: true, typed: line.rest };
  return { path: above, isValue: false, typed: line.rest };
}

/** How far in the line behind another begins: below a key without a value, else beside it. */
export function indentAfter(text: string): number {
  const { indent, dashes, key, rest } = read(text);
  if (key !== null) return isEmpty(rest) ? indent + 2 : indent;
  return dashes.at(-1) ?? indent;
}

/** The path of the key in a line; null where there is none, or another column is meant. */
export function keyAt(lines: readonly string[], row: number, column: number): Path | null {
  const line = read(lines[row] ?? "");
  if (line.key === null || column < line.indent || column > line.indent + line.key.length) {
    return null;
  }
  return [...pathAbove(lines.slice(0, row), line.indent, line.dashes), line.key];
}
