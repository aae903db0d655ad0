import { expect, test } from "vitest";
import { addressOf } from "./routes";

test("names in the path are filled in, the rest becomes the query", () => {
  const address = addressOf("/api/{camera}/recordings", { camera: "front door", after: 5 });
  expect(address).toBe("/api/front%20door/recordings?after=5");
});

test("what is not told is left out, and yes is 1", () => {
  const args = { camera: undefined, label: null, has_clip: true, in_progress: false };
  expect(addressOf("/api/events", args)).toBe("/api/events?has_clip=1&in_progress=0");
});

test("a name cannot leave its place in the path", () => {
  expect(addressOf("/api/{camera}", { camera: "../config?x" })).toBe("/api/..%2Fconfig%3Fx");
});
