import { expect, test } from "vitest";
import type { FoundInFrame, Shares } from "@/api/overlays";
import { foundAt, heldFor_s, occupiedZones, remember } from "./frames";

const HELD_S = heldFor_s(5);

const object = (id: string, box: Shares) => ({
  ...{ id, box, label: "person", sub_label: null, score: 0.9 },
  ...{ is_seen: true, stationary: false, current_zones: [], attributes: [] },
});

const frame = (time: number, places: Record<string, Shares> = {}): FoundInFrame => ({
  time,
  objects: Object.entries(places).map(([id, box]) => object(id, box)),
  motion: [[time / 100, 0, 0.1, 0.1]],
  regions: [],
});

const walk = [
  frame(10, { ann: [0.1, 0.2, 0.1, 0.4], bob: [0.8, 0.2, 0.1, 0.4] }),
  frame(10.2, { ann: [0.2, 0.2, 0.2, 0.4] }),
  frame(10.4, { ann: [0.4, 0.2, 0.2, 0.4], cat: [0, 0, 0.1, 0.1] }),
];

const boxOf = (found: FoundInFrame | null, id: string) =>
  found?.objects.find((each) => each.id === id)?.box;

test("the picture of an analysed frame has the boxes of that frame, not the newest", () => {
  expect(foundAt(walk, 10, HELD_S)?.objects).toEqual(walk[0]?.objects);
  expect(boxOf(foundAt(walk, 10.2, HELD_S), "ann")).toEqual([0.2, 0.2, 0.2, 0.4]);
  expect(boxOf(foundAt(walk, 10.1996, HELD_S), "ann")?.[0]).toBeCloseTo(0.2);
});

test("between two frames an object is on its way", () => {
  const [x, y, width] = boxOf(foundAt(walk, 10.15, HELD_S), "ann") ?? [];
  expect(x).toBeCloseTo(0.175);
  expect(y).toBeCloseTo(0.2);
  expect(width).toBeCloseTo(0.175);
});

test("who comes is shown from his first frame on, who goes until the next one", () => {
  expect(boxOf(foundAt(walk, 10.19, HELD_S), "bob")).toEqual([0.8, 0.2, 0.1, 0.4]);
  expect(boxOf(foundAt(walk, 10.2, HELD_S), "bob")).toBeUndefined();
  expect(boxOf(foundAt(walk, 10.39, HELD_S), "cat")).toBeUndefined();
  expect(boxOf(foundAt(walk, 10.4, HELD_S), "cat")).toBeDefined();
});

test("motion is that of the frame before", () => {
  expect(foundAt(walk, 10.39, HELD_S)?.motion).toEqual(walk[1]?.motion);
});

test("the newest is held for a while, then nothing is known", () => {
  expect(foundAt(walk, 10.4 + HELD_S - 0.01, HELD_S)).toEqual(walk[2]);
  expect(foundAt(walk, 10.4 + HELD_S + 0.01, HELD_S)).toBeNull();
});

test("over a hole nobody walks", () => {
  const frames = [...walk, frame(12, { ann: [0.9, 0.2, 0.1, 0.4] })];
  expect(boxOf(foundAt(frames, 10.6, HELD_S), "ann")).toEqual([0.4, 0.2, 0.2, 0.4]);
  expect(foundAt(frames, 11.9, HELD_S)).toBeNull();
});

test("a zone is occupied in the picture in which somebody is in it", () => {
  const [ann, bob] = [object("ann", [0, 0, 1, 1]), object("bob", [0, 0, 1, 1])];
  const entered = [
    { ...frame(10), objects: [ann, bob] },
    {
      ...frame(10.2),
      objects: [
        { ...ann, current_zones: ["yard", "path"] },
        { ...bob, current_zones: ["yard"] },
      ],
    },
  ];
  expect([...occupiedZones(foundAt(entered, 10.19, HELD_S))]).toEqual([]);
  expect([...occupiedZones(foundAt(entered, 10.2, HELD_S))]).toEqual(["yard", "path"]);
  expect([...occupiedZones(null)]).toEqual([]);
});

test("before anything was found nothing is shown", () => {
  expect(foundAt([], 10, HELD_S)).toBeNull();
  expect(foundAt(walk, 9.9, HELD_S)).toBeNull();
});

test("what is long past is forgotten, and so is what a clock that went back leaves ahead", () => {
  const times = (frames: readonly FoundInFrame[]) => frames.map(({ time }) => time);
  const many = Array.from({ length: 500 }, (_, n) => frame(n / 5)).reduce(
    (frames, one) => remember(frames, one),
    [] as readonly FoundInFrame[],
  );
  expect(many.length).toBe(50);
  expect(times(remember(many, frame(95)))).toEqual(expect.arrayContaining([95]));
  expect(Math.max(...times(remember(many, frame(95))))).toBe(95);
  expect(times(remember(walk, frame(10.4)))).toEqual([10, 10.2, 10.4]);
});
