import { expect, test } from "vitest";
import { become, begin, redo, undo } from "./past";

test("steps are taken back and forth", () => {
  const three = become(become(begin(1), 2), 3);
  expect(undo(three).now).toBe(2);
  expect(redo(undo(three))).toEqual(three);
  expect(undo(begin(1))).toEqual(begin(1));
  expect(redo(become(undo(three), 4)).now).toBe(4);
});
