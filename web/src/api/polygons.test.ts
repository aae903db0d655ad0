import { expect, test } from "vitest";
import { cornersOf, masksOf, polygonText } from "./polygons";

const SIZE = { width: 640, height: 360 };

test("shares of the picture stay as they are, pixels become shares", () => {
  expect(cornersOf("0,0.5,1,1", SIZE)).toEqual([
    [0, 0.5],
    [1, 1],
  ]);
  expect(cornersOf("0,180,640,360", SIZE)).toEqual([
    [0, 0.5],
    [1, 1],
  ]);
  expect(cornersOf(["0", "0.5", "1", "1"], SIZE).length).toBe(2);
  expect(cornersOf(["0,0.5", "1,1"], SIZE).length).toBe(2);
});

test("corners at the ends of the picture are not taken for pixels", () => {
  const whole = [
    [0, 0],
    [1, 0],
    [1, 1],
  ] as const;
  expect(polygonText(whole)).toBe("0.0,0,1,0,1,1");
  expect(cornersOf(polygonText(whole), { width: 640, height: 480 })).toEqual(whole);
});

test("masks are one text, several, or the points of one", () => {
  expect(masksOf("0,0,9,0,9,9")).toEqual(["0,0,9,0,9,9"]);
  expect(masksOf(["0,0,9,0,9,9", ""])).toEqual(["0,0,9,0,9,9"]);
  expect(masksOf(["0,0", "9,0", "9,9"])).toEqual(["0,0,9,0,9,9"]);
  expect(masksOf(null)).toEqual([]);
});
