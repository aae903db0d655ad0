/** What every component test needs: matchers, and an empty page afterwards. */
import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);

// jsdom has no pointers that can be captured; swiping is not what these tests are about.
const missing = {
  hasPointerCapture: () => false,
  setPointerCapture: () => {},
  releasePointerCapture: () => {},
  scrollIntoView: () => {},
};
if ("Element" in globalThis) Object.assign(Element.prototype, missing);
