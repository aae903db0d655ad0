import { expect, test } from "vitest";
import { indentAfter, keyAt, placeAt } from "./place";

const FILE = `mqtt:
  enabled: false
cameras:
  front: # the door
    ffmpeg:
      inputs:
        - path: rtsp://10.0.0.2/1
          roles:
          - detect

    detect:
      fps: 5
      wi`.split("\n");

const at = (row: number) => placeAt(FILE, row, 99);

test("a half-written key belongs to the section above it", () => {
  expect(at(12)).toEqual({ path: ["cameras", "front", "detect"], isValue: false, typed: "wi" });
});

test("behind the colon is the value of the key", () => {
  expect(at(11)).toEqual({
    path: ["cameras", "front", "detect", "fps"],
    isValue: true,
    typed: "5",
  });
});

test("an item of a list is a step of the path, on its own line and below it", () => {
  const inputs = ["cameras", "front", "ffmpeg", "inputs", "-"];
  expect(at(6).path).toEqual([...inputs, "path"]);
  expect(at(7).path).toEqual([...inputs, "roles"]);
});

test("a list may stand as far left as its key", () => {
  expect(at(8)).toEqual({
    path: ["cameras", "front", "ffmpeg", "inputs", "-", "roles", "-"],
    isValue: false,
    typed: "detect",
  });
});

test("an empty line stands where its cursor does", () => {
  const lines = [...FILE.slice(0, 9), "    "];
  expect(placeAt(lines, 9, 4).path).toEqual(["cameras", "front"]);
  expect(placeAt([...FILE.slice(0, 9), ""], 9, 0).path).toEqual([]);
});

test("only the key itself is pointed at", () => {
  expect(keyAt(FILE, 11, 7)).toEqual(["cameras", "front", "detect", "fps"]);
  expect(keyAt(FILE, 11, 11)).toBeNull();
  expect(keyAt(FILE, 9, 0)).toBeNull();
});

test("a new line goes on beside the last one, or below its key", () => {
  expect(indentAfter("      fps: 5 # enough")).toBe(6);
  expect(indentAfter("    detect: # of people")).toBe(6);
  expect(indentAfter("  - path: a")).toBe(4);
  expect(indentAfter("  - detect")).toBe(2);
  expect(indentAfter("")).toBe(0);
});
