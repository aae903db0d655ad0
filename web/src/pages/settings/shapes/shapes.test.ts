import { expect, test } from "vitest";
import type { Camera } from "@/api/config";
import { cornersOf, polygonText } from "@/api/polygons";
import { areNear, MIDDLE, middle, moved, stepOf, withCorner, without } from "./corners";
import { faultOf, freeName, settingsOf, shapesOf } from "./shapes";

const CAMERA = {
  detect: { width: 200, height: 100 },
  zones: { yard: { coordinates: "0,0,100,0,100,50", objects: "person", inertia: 5 } },
  motion: { mask: ["0.1,0.2,0.3,0.4,0.5,0.6", "0.0,0,1,0,1,1"] },
  objects: {
    mask: "0.0,0,1,0,1,1",
    filters: { person: { mask: ["0.5,0,1,0,1,1", "0.0,0,1,0,1,1"] }, car: { mask: null } },
  },
} as unknown as Camera;
const SHAPES = shapesOf(CAMERA);
const [YARD, FIRST, SECOND, COMMON, PERSON] = SHAPES as [
  (typeof SHAPES)[0],
  (typeof SHAPES)[0],
  (typeof SHAPES)[0],
  (typeof SHAPES)[0],
  (typeof SHAPES)[0],
];

test("zones and every kind of mask are found, common ones once", () => {
  expect(SHAPES.map(({ kind, name, label }) => [kind, name, label])).toEqual([
    ["zone", "yard", ""],
    ["motion", "", ""],
    ["motion", "", ""],
    ["object", "", ""],
    ["object", "", "person"],
  ]);
  expect(new Set(SHAPES.map(({ id }) => id)).size).toBe(SHAPES.length);
  expect(YARD).toMatchObject({ objects: ["person"], inertia: 5 });
});

test("pixels and shares become shares, and what is written is read again", () => {
  expect(YARD.corners).toEqual([
    [0, 0],
    [0.5, 0],
    [0.5, 0.5],
  ]);
  for (const corners of [YARD.corners, MIDDLE]) {
    expect(cornersOf(polygonText(corners), { width: 640, height: 480 })).toEqual(corners);
  }
});

test("nothing drawn changes nothing", () => {
  expect(settingsOf("front", SHAPES, SHAPES)).toEqual([]);
});

test("a moved zone changes its corners alone", () => {
  const after = [{ ...YARD, corners: MIDDLE }, ...SHAPES.slice(1)];
  expect(settingsOf("front", SHAPES, after)).toEqual([
    {
      key: "cameras.front.zones.yard.coordinates",
      values: ["0.35,0.35,0.65,0.35,0.65,0.65,0.35,0.65"],
    },
  ]);
});

test("a zone that is gone is deleted, a new one is written whole", () => {
  const gate = { ...YARD, id: "new", name: "gate", objects: ["car", "dog"], inertia: 3 };
  expect(settingsOf("front", [YARD], [gate])).toEqual([
    { key: "cameras.front.zones.yard", values: [] },
    { key: "cameras.front.zones.gate.coordinates", values: ["0,0,0.5,0,0.5,0.5"] },
    { key: "cameras.front.zones.gate.objects", values: ["car", "dog"] },
  ]);
});

test("a zone with another name is renamed before it is changed otherwise", () => {
  const gate = { ...YARD, name: "gate", inertia: 9 };
  expect(settingsOf("front", SHAPES, [gate, ...SHAPES.slice(1)])).toEqual([
    { key: "rename.cameras.front.zones.yard", values: ["gate"] },
    { key: "cameras.front.zones.gate.inertia", values: [9] },
  ]);
});

test("a name is free for another zone once its own has left or lost it", () => {
  const gate = { ...YARD, id: "zone/gate/1", name: "gate" };
  expect(settingsOf("front", [YARD, gate], [{ ...gate, name: "yard" }])).toEqual([
    { key: "cameras.front.zones.yard", values: [] },
    { key: "rename.cameras.front.zones.gate", values: ["yard"] },
  ]);
  const fresh = { ...YARD, id: "new", corners: MIDDLE };
  expect(settingsOf("front", [YARD], [{ ...YARD, name: "gate" }, fresh])).toMatchObject([
    { key: "rename.cameras.front.zones.yard", values: ["gate"] },
    { key: "cameras.front.zones.yard.coordinates" },
    { key: "cameras.front.zones.yard.objects", values: ["person"] },
    { key: "cameras.front.zones.yard.inertia", values: [5] },
  ]);
});

test("a zone that is drawn anew under its name is changed", () => {
  expect(settingsOf("front", [YARD], [{ ...YARD, id: "new", inertia: 9 }])).toEqual([
    { key: "cameras.front.zones.yard.inertia", values: [9] },
  ]);
});

test("masks are written together, each kind in its place", () => {
  const car = { ...PERSON, label: "car" };
  expect(settingsOf("front", SHAPES, [YARD, SECOND, COMMON, car])).toEqual([
    { key: "cameras.front.motion.mask", values: ["0.0,0,1,0,1,1"] },
    { key: "cameras.front.objects.filters.person.mask", values: [] },
    { key: "cameras.front.objects.filters.car.mask", values: ["0.5,0,1,0,1,1"] },
  ]);
  expect(FIRST.kind).toBe("motion");
});

test("what cannot be saved is told", () => {
  expect(faultOf(SHAPES)).toBeNull();
  expect(faultOf([{ ...YARD, corners: [] }])).toBe("corners");
  expect(faultOf([{ ...YARD, name: "a b" }])).toBe("name");
  expect(faultOf([YARD, YARD])).toBe("twice");
  expect(freeName([{ ...YARD, name: "zone_1" }])).toBe("zone_2");
});

test("corners are moved, added and taken away", () => {
  expect(moved(MIDDLE, 0, [-1, 0.5])[0]).toEqual([0, 0.5]);
  expect(middle(MIDDLE, 3)).toEqual([0.35, 0.5]);
  expect(withCorner(MIDDLE, 3, [0, 0]).at(-1)).toEqual([0, 0]);
  expect(without(MIDDLE, 0)).toEqual(MIDDLE.slice(1));
  expect(without(MIDDLE.slice(1), 0)).toEqual(MIDDLE.slice(1));
  expect(stepOf("ArrowUp", true)).toEqual([0, -0.05]);
  expect(stepOf("a", false)).toBeNull();
  expect(areNear([0.5, 0.5], [0.51, 0.51])).toBe(true);
  expect(areNear([0.5, 0.5], [0.53, 0.5])).toBe(false);
});
