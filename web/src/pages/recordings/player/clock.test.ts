import { expect, test } from "vitest";
import { change, clockAt, nextSpeed, read, SPEEDS } from "./clock";

const STILL = clockAt(1000, 0);
const GOING = change(STILL, 0, { isPlaying: true });

test("a clock that plays goes as fast as it is told", () => {
  expect(read(STILL, 5000)).toBe(1000);
  expect(read(GOING, 5000)).toBe(1005);
  for (const speed of SPEEDS) {
    expect(read(change(GOING, 2000, { speed }), 4000)).toBe(1002 + 2 * speed);
  }
});

test("no change makes it leap, except a new time", () => {
  const held = change(GOING, 3000, { isHeld: true });
  expect(read(held, 9000)).toBe(1003);
  expect(read(change(held, 9000, { isHeld: false }), 10_000)).toBe(1004);
  expect(read(change(GOING, 3000, { isPlaying: false }), 9000)).toBe(1003);
  expect(read(change(GOING, 3000, { time: 5 }), 4000)).toBe(6);
});

test("speeds end at the slowest and the fastest", () => {
  expect(nextSpeed(1, 1)).toBe(2);
  expect(nextSpeed(1, -1)).toBe(0.5);
  expect(nextSpeed(16, 1)).toBe(16);
  expect(nextSpeed(0.25, -1)).toBe(0.25);
});
