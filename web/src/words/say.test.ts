import { expect, test } from "vitest";
import { plainName, say } from "./index";
import { fill } from "./say";

const EVENTS = { one: "{count} event of {camera}", other: "{count} events of {camera}" };

test("names are filled in", () => {
  expect(say("camera.picture", { camera: "yard" })).toBe("Picture of yard");
});

test("a text that counts has the form of its number", () => {
  expect(fill(EVENTS, { count: 1, camera: "yard" }, "en")).toBe("1 event of yard");
  expect(fill(EVENTS, { count: 1200, camera: "yard" }, "en")).toBe("1,200 events of yard");
});

test("a form that a language has and the text lacks is the other one", () => {
  expect(fill({ other: "{count} x" }, { count: 1 }, "en")).toBe("1 x");
});

test("names of the configuration are read as words", () => {
  expect(plainName("front_door")).toBe("Front door");
});
