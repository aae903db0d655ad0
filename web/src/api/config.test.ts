import { expect, test } from "vitest";
import { type Camera, type Config, clockStyleOf, offersBirdseye, shownCameras } from "./config";

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

test("the picture of all cameras is for those who have more than one, and want it", () => {
  const offers = (enabled: boolean, ...names: string[]) =>
    offersBirdseye({
      birdseye: { enabled },
      cameras: Object.fromEntries(names.map((name) => [name, camera(name, 0)])),
    } as unknown as Config);
  expect(offers(true, "door", "yard")).toBe(true);
  expect(offers(true, "door")).toBe(false);
  expect(offers(false, "door", "yard")).toBe(false);
});

test("times are the browser's unless the file says otherwise", () => {
  const style = (timezone: string | null, time_format: string) =>
    clockStyleOf({ ui: { timezone, time_format } } as Config);
  expect(style(null, "browser")).toEqual({});
  expect(style("Europe/Rome", "24hour")).toEqual({ timeZone: "Europe/Rome", hour12: false });
  expect(style(null, "12hour")).toEqual({ hour12: true });
});
