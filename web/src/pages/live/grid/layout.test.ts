import { expect, test } from "vitest";
import { bestLayout, tileWidth_px } from "./layout";

const DESK = { width_px: 1180, height_px: 720 };
const WALL = { width_px: 2460, height_px: 1360 };
const PHONE = { width_px: 374, height_px: 700 };

test.each([
  [1, DESK, 1],
  [2, DESK, 2],
  [4, DESK, 2],
  [6, DESK, 3],
  [9, WALL, 3],
  [16, WALL, 4],
  [3, PHONE, 1],
  [12, PHONE, 1],
  [0, DESK, 1],
])("%d cameras", (count, room, columns) => {
  expect(bestLayout(count, room).columns).toBe(columns);
});

test("no other number of columns would show all of them much larger", () => {
  for (let count = 1; count <= 20; count++) {
    const chosen = tileWidth_px(count, bestLayout(count, WALL).columns, WALL);
    for (let columns = 1; columns <= count; columns++) {
      expect(chosen).toBeGreaterThanOrEqual(0.9 * tileWidth_px(count, columns, WALL));
    }
  }
});

test("the grid is no wider than what shows all rows, and a page that scrolls takes all", () => {
  const { columns, width_px } = bestLayout(3, { width_px: 2460, height_px: 1360 });
  const rows_px = ((((width_px ?? 0) - 8) / columns) * 9) / 16;
  expect(2 * rows_px + 8).toBeLessThanOrEqual(1360);
  expect(bestLayout(12, PHONE).width_px).toBeNull();
});
