import { expect, test } from "vitest";
import { handlingOf, namedIn, outdated, placeOf } from "./shell";

const HERE = "https://picket.test";
const ask = (path: string, mode = "navigate", method = "GET") =>
  handlingOf({ url: `${HERE}${path}`, method, mode }, HERE);

test("the page and its files are kept", () => {
  expect(ask("/")).toBe("page");
  expect(ask("/events/1.2-abc")).toBe("page");
  expect(ask("/recordings?camera=yard")).toBe("page");
  expect(ask("/assets/index-abc.js", "cors")).toBe("asset");
});

test.each([
  "/api/config",
  "/api/yard/latest.jpg",
  "/vod/yard/master.m3u8",
  "/clips/a.jpg",
  "/exports/a.mp4",
  "/recordings/2026-01/02/03/yard/04.05.mp4",
  "/ws",
])("nothing that Picket tells or shows is: %s", (path) => {
  expect(ask(path)).toBe("none");
  expect(ask(path, "no-cors")).toBe("none");
});

test("nor what is changed, or lies elsewhere", () => {
  expect(ask("/", "navigate", "POST")).toBe("none");
  expect(ask("/events", "cors")).toBe("none");
  const url = "https://elsewhere.test/assets/a.js";
  expect(handlingOf({ url, method: "GET", mode: "cors" }, HERE)).toBe("none");
});

test("the first file names what is needed to open", () => {
  const html =
    '<script src="/assets/a-1.js"></script><link href="/icon.svg" href="/assets/a-2.css">';
  expect(namedIn(html)).toEqual(["/assets/a-1.js", "/assets/a-2.css"]);
});

test("files of an older build go", () => {
  const kept = [`${HERE}/`, `${HERE}/assets/a-1.js`, `${HERE}/assets/a-2.js`];
  expect(outdated(kept, ["/assets/a-2.js"])).toEqual([`${HERE}/assets/a-1.js`]);
});

test("a message leads to its event, else to its address", () => {
  expect(placeOf({ event_id: "1.2-ab", url: "https://x/clip.mp4" })).toBe("/events/1.2-ab");
  expect(placeOf({ event_id: null, url: "https://x/" })).toBe("https://x/");
  expect(placeOf({ event_id: null, url: null })).toBe("/");
});
