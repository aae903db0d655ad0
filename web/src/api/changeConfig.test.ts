import { expect, test } from "vitest";
import { settingsAddress } from "./changeConfig";

test("several values stand there several times, and none leaves the key alone", () => {
  const address = settingsAddress([
    { key: "cameras.front.motion.mask", values: ["0.1,0.2,0.3,0.4", "1,1"] },
    { key: "cameras.front.zones.yard", values: [] },
    { key: "cameras.front.motion.threshold", values: [25] },
  ]);
  expect([...new URL(address, "http://x").searchParams]).toEqual([
    ["cameras.front.motion.mask", "0.1,0.2,0.3,0.4"],
    ["cameras.front.motion.mask", "1,1"],
    ["cameras.front.zones.yard", ""],
    ["cameras.front.motion.threshold", "25"],
  ]);
});
