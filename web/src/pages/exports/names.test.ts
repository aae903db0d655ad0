import { expect, test } from "vitest";
import { addressOfFile } from "./names";

test("a file is found by its name, whatever folder it is in and however it is written", () => {
  expect(addressOfFile("/media/frigate/exports/mine.mp4")).toBe("/exports/mine.mp4");
  expect(addressOfFile("a b#1.mp4")).toBe("/exports/a%20b%231.mp4");
});
