import { expect, test } from "vitest";
import { deedOf } from "./keys";

const NONE = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

test("keys move, more with Shift", () => {
  expect(deedOf({ ...NONE, key: "ArrowLeft" })).toEqual({ kind: "by", seconds: -10 });
  expect(deedOf({ ...NONE, key: "ArrowLeft", shiftKey: true })).toEqual({
    kind: "by",
    seconds: -60,
  });
  expect(deedOf({ ...NONE, key: " " })).toEqual({ kind: "toggle" });
});

test("signs are signs on every keyboard", () => {
  for (const shiftKey of [true, false]) {
    expect(deedOf({ ...NONE, key: ">", shiftKey })).toEqual({ kind: "speed", by: 1 });
    expect(deedOf({ ...NONE, key: "?", shiftKey })).toEqual({ kind: "help" });
    expect(deedOf({ ...NONE, key: "+", shiftKey })).toEqual({ kind: "zoom", by: 1 });
  }
  expect(deedOf({ ...NONE, key: "N" })).toEqual({ kind: "event", by: 1 });
});

test("the browser's own keys and unknown ones are left alone", () => {
  expect(deedOf({ ...NONE, key: "-", ctrlKey: true })).toBeNull();
  expect(deedOf({ ...NONE, key: "ArrowLeft", altKey: true })).toBeNull();
  expect(deedOf({ ...NONE, key: "x" })).toBeNull();
  expect(deedOf({ ...NONE, key: "toString" })).toBeNull();
});
