import { expect, test } from "vitest";
import { canFillScreen, fillScreen } from "./fill";

/** A place with a video, in a browser that can do the one, the other or neither. */
function place({ isAllowed = false, video = {} }) {
  Object.defineProperty(document, "fullscreenEnabled", { value: isAllowed, configurable: true });
  const made = document.createElement("div");
  made.append(Object.assign(document.createElement("video"), video));
  return made;
}

test("a place fills the screen, or the browser refuses", async () => {
  const asked = place({ isAllowed: true });
  expect(canFillScreen()).toBe(true);
  asked.requestFullscreen = () => Promise.resolve();
  expect(await fillScreen(asked)).toBe(true);
  asked.requestFullscreen = () => Promise.reject(new TypeError("Fullscreen request denied"));
  expect(await fillScreen(asked)).toBe(false);
});

test("where only a video may, it does", async () => {
  let times = 0;
  const asked = place({ video: { webkitEnterFullscreen: () => times++ } });
  expect(canFillScreen()).toBe(false); // no video of this browser knows it
  expect(await fillScreen(asked)).toBe(true);
  expect(times).toBe(1);
  const early = () => {
    throw new DOMException("no picture yet", "InvalidStateError");
  };
  expect(await fillScreen(place({ video: { webkitEnterFullscreen: early } }))).toBe(false);
});
