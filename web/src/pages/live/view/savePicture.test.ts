import { expect, test } from "vitest";
import { pictureName } from "./savePicture";

test("a file is named after its camera and the local time", () => {
  const time = new Date(2026, 10, 26, 4, 5, 9);
  expect(pictureName("street", time)).toBe("street 2026-11-26 04-05-09.jpg");
});
