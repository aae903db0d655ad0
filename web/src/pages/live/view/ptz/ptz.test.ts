import { expect, test } from "vitest";
import { abilitiesOf, canMove } from "./ptz";

test("a camera that names nothing cannot be moved", () => {
  expect(canMove(abilitiesOf({}))).toBe(false);
  expect(canMove(abilitiesOf({ features: ["focus"], presets: [] }))).toBe(false);
});

test("turning, zooming and positions are told apart", () => {
  const abilities = abilitiesOf({ features: ["pt", "zoom"], presets: ["gate"] });
  expect(abilities).toEqual({ canTurn: true, canZoom: true, presets: ["gate"] });
  expect(canMove(abilitiesOf({ presets: ["gate"] }))).toBe(true);
});
