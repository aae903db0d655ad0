/** How many cameras stand beside each other. */

export interface Room {
  width_px: number;
  height_px: number;
}

const GAP_PX = 8;
const LEAST_WIDTH_PX = 260; // of a tile; below, people are not seen any more
const TILE_RATIO = 16 / 9;
const WIDE_RATIO = 0.9; // side by side reads better than a stack of tiles a little larger

export interface Layout {
  columns: number;
  width_px: number | null; // of the grid; null: all there is
}

/** Tiles as large as they go with all in view; if they would be tiny, the page scrolls. */
export function bestLayout(count: number, room: Room): Layout {
  const choices = Array.from({ length: Math.max(count, 1) }, (_, index) => index + 1);
  const widths = choices.map((columns) => tileWidth_px(count, columns, room));
  const enough_px = Math.max(LEAST_WIDTH_PX, WIDE_RATIO * Math.max(...widths));
  const columns = widths.findLastIndex((width_px) => width_px >= enough_px) + 1;
  if (columns > 0) {
    const tile_px = widths[columns - 1] ?? 0;
    return { columns, width_px: Math.floor(columns * tile_px + (columns - 1) * GAP_PX) };
  }
  const fitting = Math.floor((room.width_px + GAP_PX) / (LEAST_WIDTH_PX + GAP_PX));
  return { columns: Math.max(1, fitting), width_px: null };
}

/** The width of a tile when so many columns must show all tiles at once. */
export function tileWidth_px(count: number, columns: number, room: Room): number {
  const rows = Math.ceil(count / columns);
  const byWidth = (room.width_px - (columns - 1) * GAP_PX) / columns;
  const byHeight = ((room.height_px - (rows - 1) * GAP_PX) / rows) * TILE_RATIO;
  return Math.min(byWidth, byHeight);
}
