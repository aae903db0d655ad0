import { expect, test } from "vitest";
import { type Camera, type Config, shownCameras } from "./config";

const camera = (name: string, order: number, more = {}) =>
  ({ name, enabled: true, ui: { order, dashboard: true }, ...more }) as Camera;

test("cameras come in their order, then by name, without those that are off or hidden", () => {
  const cameras = {
    yard: camera("yard", 1),
    door: camera("door", 1),
    attic: camera("attic", 0),
    off: camera("off", 0, { enabled: false }),
    hidden: camera("hidden", 0, { ui: { order: 0, dashboard: false } }),
  };
  const shown = shownCameras({ cameras } as unknown as Config);
  expect(shown.map(({ name }) => name)).toEqual(["attic", "door", "yard"]);
});
