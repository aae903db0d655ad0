import { beforeEach, expect, test } from "vitest";
import { Conductor } from "./conductor";
import { WINDOW_S } from "./footage";

/** A player that does at once what it is told, and plays when it is asked to. */
class Video {
  readonly HAVE_CURRENT_DATA = 2;
  readonly HAVE_FUTURE_DATA = 3;
  currentTime = 0;
  duration = 1000;
  playbackRate = 1;
  paused = true;
  seeking = false;
  readyState = 4;

  play() {
    this.paused = false;
    return Promise.resolve();
  }

  pause() {
    this.paused = true;
  }

  pass(seconds: number) {
    if (!this.paused) this.currentTime += seconds * this.playbackRate;
  }
}

const FOOTAGE = {
  windowFrom: 0,
  frameRate: 10,
  stretches: [
    { media_s: 0, startTime: 100, length_s: 50 },
    { media_s: 50, startTime: 200, length_s: 50 },
  ],
  laterStarts: [],
};

let now_ms = 0;
let videos: Record<string, Video> = {};

function conduct(time: number, cameras: Record<string, typeof FOOTAGE>): Conductor {
  const conductor = new Conductor(time, false, () => now_ms);
  videos = {};
  for (const [camera, footage] of Object.entries(cameras)) {
    const video = new Video();
    videos[camera] = video;
    conductor.join(camera, video as unknown as HTMLVideoElement);
    conductor.learn(camera, footage);
  }
  return conductor;
}

function pass(conductor: Conductor, seconds: number) {
  for (let tenth = 0; tenth < seconds * 10; tenth++) {
    now_ms += 100;
    for (const video of Object.values(videos)) video.pass(0.1);
    conductor.tick();
  }
}

beforeEach(() => {
  now_ms = 0;
});

test("players go where the clock is, each by its own playlist", () => {
  const late = { ...FOOTAGE, stretches: [{ media_s: 0, startTime: 110, length_s: 100 }] };
  const conductor = conduct(120, { street: FOOTAGE, yard: late });
  expect(videos["street"]?.currentTime).toBe(20);
  expect(videos["yard"]?.currentTime).toBe(10);
  conductor.tell({ isPlaying: true });
  pass(conductor, 5);
  const apart = (videos["street"]?.currentTime ?? 0) - 10 - (videos["yard"]?.currentTime ?? 0);
  expect(Math.abs(apart)).toBeLessThan(0.05);
  expect(conductor.shown().time).toBeCloseTo(125, 1);
});

test("a gap of all is leapt over and told, a gap of one is not", () => {
  const conductor = conduct(148, { street: FOOTAGE });
  conductor.tell({ isPlaying: true });
  pass(conductor, 4);
  expect(conductor.shown().time).toBeGreaterThan(200);
  expect(conductor.shown().leap).toEqual({ from: expect.closeTo(150, 0), to: 200 });

  const whole = { ...FOOTAGE, stretches: [{ media_s: 0, startTime: 100, length_s: 150 }] };
  const two = conduct(148, { street: FOOTAGE, yard: whole });
  two.tell({ isPlaying: true });
  pass(two, 4);
  expect(two.shown().time).toBeCloseTo(152, 1);
  expect(two.shown().leap).toBeNull();
  expect(videos["street"]?.paused).toBe(true);
});

test("the clock waits for a player that is not ready, but not for ever", () => {
  const conductor = conduct(120, { street: FOOTAGE });
  const street = videos["street"] as Video;
  street.readyState = 1;
  conductor.tell({ isPlaying: true });
  pass(conductor, 3);
  expect(conductor.shown()).toMatchObject({ time: 120, isHeld: true, isPlaying: true });
  pass(conductor, 4);
  expect(conductor.shown().time).toBeGreaterThan(121);
  street.readyState = 4;
  pass(conductor, 3);
  expect(street.currentTime + 100).toBeCloseTo(conductor.shown().time, 1);
});

test("nothing goes on before it is known what there is", () => {
  const conductor = conduct(120, {});
  conductor.tell({ isPlaying: true });
  pass(conductor, 2);
  expect(conductor.shown()).toMatchObject({ time: 120, isHeld: true, isAtEnd: false });
  conductor.tell({ time: 120 + WINDOW_S });
  conductor.learn("street", FOOTAGE);
  pass(conductor, 2);
  expect(conductor.shown().time).toBe(120 + WINDOW_S);
});

test("over the end of a window it goes on as soon as the next playlist is there", () => {
  const edge = { media_s: 0, startTime: WINDOW_S - 100, length_s: 105 };
  const conductor = conduct(WINDOW_S - 1, { street: { ...FOOTAGE, stretches: [edge] } });
  conductor.tell({ isPlaying: true });
  pass(conductor, 3);
  expect(conductor.shown().time).toBeCloseTo(WINDOW_S, 0);
  expect(conductor.shown()).toMatchObject({ isHeld: true, isAtEnd: false, leap: null });
  const next = { media_s: 0, startTime: WINDOW_S - 5, length_s: 100 };
  conductor.learn("street", { ...FOOTAGE, windowFrom: WINDOW_S, stretches: [next] });
  pass(conductor, 3);
  expect(conductor.shown().time).toBeCloseTo(WINDOW_S + 3, 0);
  expect(videos["street"]?.currentTime).toBeCloseTo(8, 0);
});

test("at the end it waits until there is more", () => {
  const conductor = conduct(249, { street: FOOTAGE });
  conductor.tell({ isPlaying: true });
  pass(conductor, 3);
  expect(conductor.shown()).toMatchObject({ isAtEnd: true, isPlaying: true });
  const more = [...FOOTAGE.stretches, { media_s: 100, startTime: 300, length_s: 50 }];
  conductor.learn("street", { ...FOOTAGE, stretches: more });
  pass(conductor, 1);
  expect(conductor.shown().isAtEnd).toBe(false);
  expect(conductor.shown().time).toBeGreaterThan(300);
});

test("frames are stepped through, also over a gap", () => {
  const conductor = conduct(149.55, { street: FOOTAGE });
  const frame = () => Math.floor((videos["street"]?.currentTime ?? 0) * 10);
  const before = frame();
  conductor.step(1);
  expect(frame()).toBe(before + 1);
  for (let step = 0; step < 5; step++) conductor.step(1);
  expect(frame()).toBe(before + 6);
  expect(conductor.shown().time).toBeGreaterThan(200);
  conductor.step(-1);
  expect(frame()).toBe(before + 5);
});

test("above four times the speed, and while scrubbing, players rest", () => {
  const conductor = conduct(120, { street: FOOTAGE });
  conductor.tell({ isPlaying: true, speed: 16 });
  pass(conductor, 1);
  expect(conductor.shown().isSkimming).toBe(true);
  expect(conductor.shown().time).toBeCloseTo(136, 0);
  expect(videos["street"]?.paused).toBe(true);
  conductor.tell({ speed: 4 });
  pass(conductor, 0.5);
  expect(videos["street"]?.paused).toBe(false);
  conductor.scrub(110);
  pass(conductor, 1);
  expect(conductor.shown()).toMatchObject({ time: 110, isSkimming: true });
  conductor.scrub(null);
  pass(conductor, 1);
  expect(conductor.shown().time).toBeCloseTo(114, 0);
});
