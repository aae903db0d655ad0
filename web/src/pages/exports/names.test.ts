import { expect, test } from "vitest";
import { stemOf } from "./names";

test("only the ending is left out", () => {
  expect(stemOf("street.mp4")).toBe("street");
  expect(stemOf("a.mp4.mp4")).toBe("a.mp4");
  expect(stemOf("plain")).toBe("plain");
});
