import { expect, test } from "vitest";
import { SPEEDS } from "./clock";
import { frameAfter, steer } from "./steer";

/** A second player's error after some seconds of being steered ten times a second. */
function errorAfter(seconds: number, ahead_s: number, speed: number): number {
  let [media_s, wanted_s] = [100 + ahead_s, 100];
  for (let tick = 0; tick < seconds * 10; tick++) {
    const order = steer({ media_s, wanted_s, speed, isPlaying: true });
    media_s = (order.seek_s ?? media_s) + order.rate * 0.1;
    wanted_s += speed * 0.1;
  }
  return Math.abs(media_s - wanted_s);
}

test("within three seconds every player is closer than a frame, at every speed", () => {
  for (const speed of SPEEDS) {
    for (const ahead_s of [-30, -2, -0.45, -0.1, 0.1, 0.45, 2, 30]) {
      expect(errorAfter(3, ahead_s * Math.min(speed, 1), speed)).toBeLessThan(
        0.04 * Math.max(speed, 1),
      );
    }
  }
});

test("a small error changes the rate a little, a large one leaps", () => {
  const near = steer({ media_s: 10.1, wanted_s: 10, speed: 1, isPlaying: true });
  expect(near.seek_s).toBeNull();
  expect(near.rate).toBeLessThan(1);
  expect(near.rate).toBeGreaterThan(0.69);
  expect(steer({ media_s: 12, wanted_s: 10, speed: 1, isPlaying: true }).seek_s).toBe(10);
  expect(steer({ media_s: 10.01, wanted_s: 10, speed: 2, isPlaying: true }).rate).toBe(2);
});

test("a still clock is met exactly, and what is there is left alone", () => {
  const still = { speed: 1, isPlaying: false };
  expect(steer({ media_s: 10.1, wanted_s: 10, ...still }).seek_s).toBe(10);
  expect(steer({ media_s: 10.005, wanted_s: 10, ...still }).seek_s).toBeNull();
});

test("steps go to each frame once, in both directions", () => {
  const rate = 25;
  let media_s = 4.003; // in frame 100
  for (let step = 1; step <= 30; step++) {
    media_s = frameAfter(media_s, 1, rate);
    expect(Math.floor(media_s * rate)).toBe(100 + step);
  }
  expect(Math.floor(frameAfter(media_s, -1, rate) * rate)).toBe(129);
  expect(Math.floor(frameAfter(4, 1, rate) * rate)).toBe(101);
  expect(frameAfter(0.01, -5, rate)).toBe(0);
});
