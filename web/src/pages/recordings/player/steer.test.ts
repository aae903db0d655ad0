import { expect, test } from "vitest";
import { SPEEDS } from "./clock";
import { frameAfter, steer } from "./steer";

/** What becomes of a player's error while it is steered ten times a second. */
function steered(seconds: number, ahead_s: number, speed: number) {
  let [media_s, wanted_s, rate, changes] = [100 + ahead_s, 100, speed, 0];
  for (let tick = 0; tick < seconds * 10; tick++) {
    const order = steer({ media_s, wanted_s, rate, speed, isPlaying: true });
    if (order.rate !== rate) changes++;
    rate = order.rate;
    media_s = (order.seek_s ?? media_s) + rate * 0.1;
    wanted_s += speed * 0.1;
  }
  return { error_s: Math.abs(media_s - wanted_s), changes };
}

test("within three seconds every player is closer than a frame, by two changes of its rate", () => {
  for (const speed of SPEEDS) {
    for (const ahead_s of [-30, -2, -0.45, -0.1, -0.05, 0, 0.05, 0.1, 0.45, 2, 30]) {
      const { error_s, changes } = steered(3, ahead_s * Math.min(speed, 1), speed);
      expect(error_s).toBeLessThan(0.04 * Math.max(speed, 1));
      expect(changes).toBeLessThanOrEqual(2);
    }
  }
});

test("a small error changes the rate a little, a large one leaps", () => {
  const going = { wanted_s: 10, rate: 1, speed: 1, isPlaying: true };
  const near = steer({ ...going, media_s: 10.1 });
  expect(near.seek_s).toBeNull();
  expect(near.rate).toBeLessThan(1);
  expect(near.rate).toBeGreaterThan(0.69);
  expect(steer({ ...going, media_s: 12 }).seek_s).toBe(10);
  expect(steer({ ...going, media_s: 10.035 }).rate).toBe(1);
});

test("a correction keeps its rate until it is done, and gives way to another speed", () => {
  const mending = { wanted_s: 10, rate: 0.8, speed: 1, isPlaying: true };
  expect(steer({ ...mending, media_s: 10.15 }).rate).toBe(0.8);
  expect(steer({ ...mending, media_s: 10.03 }).rate).toBe(0.8);
  expect(steer({ ...mending, media_s: 10.01 }).rate).toBe(1);
  expect(steer({ ...mending, media_s: 9.9 }).rate).toBeGreaterThan(1);
  expect(steer({ ...mending, media_s: 10.05, speed: 2 }).rate).toBe(2);
});

test("a still clock is met exactly, and what is there is left alone", () => {
  const still = { rate: 1, speed: 1, isPlaying: false };
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
