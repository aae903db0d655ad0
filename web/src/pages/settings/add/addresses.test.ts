import { expect, test } from "vitest";
import { addressesOf, lackOf, NOTHING, plainKey, rolesFor } from "./addresses";

test("a known make gives both streams, with what is special encoded", () => {
  const known = { ...NOTHING, host: "10.0.0.7", user: "me", password: "p@ss/1" };
  expect(addressesOf({ ...known, make: "tapo" })).toEqual([
    "rtsp://me:p%40ss%2F1@10.0.0.7/stream1",
    "rtsp://me:p%40ss%2F1@10.0.0.7/stream2",
  ]);
  expect(addressesOf({ ...NOTHING, make: "axis", host: " cam:8554 " })[0]).toMatch(
    /^rtsp:\/\/cam:8554\/axis-media/,
  );
});

test("another make is asked by its address, and nothing by none", () => {
  expect(addressesOf({ ...NOTHING, address: " rtsp://cam/live " })).toEqual(["rtsp://cam/live"]);
  expect(addressesOf(NOTHING)).toEqual([]);
  expect(addressesOf({ ...NOTHING, make: "tapo" })).toEqual([]);
});

test("a stream alone does what was suggested, of two each does its own", () => {
  const both = ["detect", "record"];
  expect(rolesFor([both])).toEqual([both]);
  expect(rolesFor([both, both])).toEqual([["record"], ["detect"]]);
});

test("what is missing is told", () => {
  expect(lackOf("front", [["detect"]], [])).toBeNull();
  expect(lackOf("", [["detect"]], [])).toBe("name");
  expect(lackOf("front", [["detect"]], ["front"])).toBe("taken");
  expect(lackOf("front", [["record"]], [])).toBe("detect");
  expect(lackOf("front", [["detect"], ["detect"]], [])).toBe("detect");
});

test("a name is written as the file takes it", () => {
  expect(plainKey(" Front door ")).toBe("front_door");
});
