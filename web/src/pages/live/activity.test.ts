import { expect, test } from "vitest";
import { changesPresence, countByLabel } from "./activity";

test("objects are counted by label for one camera, the most first", () => {
  const events = ["person", "car", "car", "dog"].map((label) => ({ camera: "yard", label }));
  expect(countByLabel([...events, { camera: "street", label: "dog" }], "yard")).toEqual([
    { label: "car", count: 2 },
    { label: "dog", count: 1 },
    { label: "person", count: 1 },
  ]);
});

test("beginning and end change who is there, an update does not", () => {
  expect(changesPresence('{"before":{},"after":{},"type":"new"}')).toBe(true);
  expect(changesPresence('{"before":{},"after":{},"type":"end"}')).toBe(true);
  expect(changesPresence('{"before":{},"after":{},"type":"update"}')).toBe(false);
});
