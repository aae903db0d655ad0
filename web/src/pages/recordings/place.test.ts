import { expect, test } from "vitest";
import { addressOfPlace, readPlace } from "./place";

const read = (search: string) => readPlace(new URLSearchParams(search));

test("cameras and moment are read as they are written", () => {
  const place = { cameras: ["street", "yard-2"], time: 1_764_000_000.25 };
  const address = addressOfPlace(place);
  expect(address).toBe("/recordings?camera=street,yard-2&time=1764000000.25");
  expect(read(address.slice(address.indexOf("?")))).toEqual(place);
  expect(addressOfPlace({ cameras: [], time: null })).toBe("/recordings");
});

test("nonsense is left out, and no camera is there twice", () => {
  expect(read("?time=soon")).toEqual({ cameras: [], time: null });
  expect(read("?camera=a,a,,b&camera=b&time=-1")).toEqual({ cameras: ["a", "b"], time: null });
  expect(read("?camera=a,b,c,d,e,f").cameras).toHaveLength(4);
});
