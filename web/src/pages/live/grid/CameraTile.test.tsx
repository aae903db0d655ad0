import { expect, test } from "vitest";
import { describe } from "./CameraTile";

test("a tile is told in words, with what happens there", () => {
  const present = [{ label: "person", count: 2 }];
  expect(describe("front_door", { present, isMoving: true })).toBe(
    "Open Front door, 2 Person, Motion",
  );
  expect(describe("yard", { present: [], isMoving: false })).toBe("Open Yard");
});
