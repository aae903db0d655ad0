/** Keeps several players on one clock: a shell around the rules of clock, steer and footage. */
import { mediaTimeOf, wallTimeOf } from "@/api/playlist";
import type { Span } from "../timeline/scale";
import { type Clock, change, clockAt, FASTEST_VIDEO, read, type Speed } from "./clock";
import { type Footage, nextFootage, stretchAt, windowOf } from "./footage";
import { frameAfter, steer } from "./steer";

const TICK_MS = 100;
const ONE_LEAP_S = 0.5; // leaps that follow each other closer are one: over days there are several
const PATIENCE_MS = 5000; // the clock waits no longer for a player that is not ready

/** What the page shows of it; a new object whenever something changed. */
export interface Shown {
  time: number;
  speed: Speed;
  isPlaying: boolean;
  isHeld: boolean; // waits for a player, or for footage that is yet to come
  isSkimming: boolean; // single pictures are shown in place of video
  isAtEnd: boolean; // there is no footage after this
  leap: Span | null; // the last stretch without footage that was leapt over
}

export class Conductor {
  #clock: Clock;
  #shown: Shown;
  #isScrubbing = false;
  #isAtEnd = false;
  #leap: Span | null = null;
  #heldSince_ms: number | null = null;
  readonly #videos = new Map<string, HTMLVideoElement>();
  readonly #footage = new Map<string, Footage | null>();
  readonly #listeners = new Set<() => void>();

  readonly #now_ms: () => number;

  constructor(time: number, isPlaying: boolean, now_ms = () => performance.now()) {
    this.#now_ms = now_ms;
    this.#clock = { ...clockAt(time, now_ms()), isPlaying };
    this.#shown = this.#look(time);
  }

  /** For useSyncExternalStore. */
  readonly listen = (changed: () => void) => {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  };
  readonly shown = () => this.#shown;

  /** Begin to tick; returns how to end. */
  start(): () => void {
    const timer = setInterval(() => this.tick(), TICK_MS);
    return () => clearInterval(timer);
  }

  join(camera: string, video: HTMLVideoElement | null): void {
    if (video === null) this.#videos.delete(camera);
    else this.#videos.set(camera, video);
  }

  /** What is known of a camera; null while it is asked for. */
  learn(camera: string, footage: Footage | null): void {
    this.#footage.set(camera, footage);
    this.tick();
  }

  forget(camera: string): void {
    this.#footage.delete(camera);
  }

  tell(wish: Partial<Pick<Clock, "time" | "speed" | "isPlaying">>): void {
    this.#clock = change(this.#clock, this.#now_ms(), wish);
    if (wish.time !== undefined) this.#leap = null;
    this.tick();
  }

  /** Follow a pointer: single pictures are shown until it is let go. */
  scrub(time: number | null): void {
    this.#isScrubbing = time !== null;
    this.tell(time === null ? {} : { time });
  }

  /** Show the frame that is so many after the one shown by the first camera that has footage. */
  step(by: number): void {
    const time = read(this.#clock, this.#now_ms());
    const lead = this.#known().find((each) => stretchAt(each.stretches, time));
    if (lead === undefined) {
      this.tell({ isPlaying: false });
      return;
    }
    const media_s = frameAfter(mediaTimeOf(lead.stretches, time), by, lead.frameRate);
    this.tell({ isPlaying: false, time: wallTimeOf(lead.stretches, media_s) ?? time });
  }

  /** Bring clock and players where they belong. */
  tick(): void {
    const now_ms = this.#now_ms();
    this.#leapOverGap(now_ms);
    const time = read(this.#clock, now_ms);
    const isSkimming = this.#isSkimming();
    const isReady = isSkimming || this.#isReady(time, now_ms);
    const isHeld = this.#isAtEnd || !this.#isKnown(time) || !isReady || this.#isScrubbing;
    if (isHeld !== this.#clock.isHeld) this.#clock = change(this.#clock, now_ms, { isHeld });
    const isGoing = this.#clock.isPlaying && !isHeld && !isSkimming;
    for (const [camera, video] of this.#videos) {
      this.#steerOne(video, this.#footage.get(camera), time, isGoing);
    }
    this.#publish(this.#look(time));
  }

  #leapOverGap(now_ms: number): void {
    const time = read(this.#clock, now_ms);
    this.#isAtEnd = false;
    if (!this.#clock.isPlaying || this.#isScrubbing || !this.#isKnown(time)) return;
    const next = nextFootage(this.#known(), time);
    this.#isAtEnd = next === null;
    if (next === null || next <= time) return;
    const isOneLeap = this.#leap !== null && time - this.#leap.to < ONE_LEAP_S;
    this.#leap = { from: isOneLeap && this.#leap ? this.#leap.from : time, to: next };
    this.#clock = change(this.#clock, now_ms, { time: next });
  }

  #known(): Footage[] {
    return [...this.#footage.values()].filter((each) => each !== null);
  }

  #isKnown(time: number): boolean {
    const { from } = windowOf(time);
    const all = [...this.#footage.values()];
    return all.length > 0 && all.every((each) => each?.windowFrom === from);
  }

  /** Whether all players with footage could play; one that takes too long is not waited for. */
  #isReady(time: number, now_ms: number): boolean {
    const isReady = [...this.#footage].every(([camera, footage]) => {
      if (footage === null || stretchAt(footage.stretches, time) === null) return true;
      const video = this.#videos.get(camera);
      return video !== undefined && canPlay(video);
    });
    if (isReady) this.#heldSince_ms = null;
    else this.#heldSince_ms ??= now_ms;
    return isReady || now_ms - (this.#heldSince_ms ?? now_ms) > PATIENCE_MS;
  }

  #isSkimming(): boolean {
    return this.#isScrubbing || (this.#clock.isPlaying && this.#clock.speed > FASTEST_VIDEO);
  }

  #steerOne(
    video: HTMLVideoElement,
    footage: Footage | null | undefined,
    time: number,
    isGoing: boolean,
  ): void {
    const hasFootage = footage && stretchAt(footage.stretches, time) !== null;
    if (!hasFootage || this.#isSkimming() || video.readyState === 0) {
      video.pause();
      return;
    }
    const wanted_s = mediaTimeOf(footage.stretches, time);
    const { speed } = this.#clock;
    const order = steer({ media_s: video.currentTime, wanted_s, speed, isPlaying: isGoing });
    const isStopped = !this.#clock.isPlaying && !video.paused;
    // a player that was late stops at an older picture than its position says: seeking shows the right one
    obey(video, isStopped ? { ...order, seek_s: wanted_s } : order);
  }

  #look(time: number): Shown {
    const { speed, isPlaying, isHeld } = this.#clock;
    const isSkimming = this.#isSkimming();
    return { time, speed, isPlaying, isHeld, isSkimming, isAtEnd: this.#isAtEnd, leap: this.#leap };
  }

  #publish(next: Shown): void {
    const before = this.#shown;
    const keys = Object.keys(next) as (keyof Shown)[];
    if (keys.every((key) => next[key] === before[key])) return;
    this.#shown = next;
    for (const listener of this.#listeners) listener();
  }
}

function canPlay(video: HTMLVideoElement): boolean {
  const isAtItsEnd = video.currentTime > video.duration - 0.2;
  const enough = isAtItsEnd ? video.HAVE_CURRENT_DATA : video.HAVE_FUTURE_DATA;
  return !video.seeking && video.readyState >= enough;
}

function obey(video: HTMLVideoElement, order: ReturnType<typeof steer>): void {
  if (order.seek_s !== null && !video.seeking) video.currentTime = order.seek_s;
  if (video.playbackRate !== order.rate) video.playbackRate = order.rate;
  if (!order.isPlaying) video.pause();
  else if (video.paused) void video.play().catch(() => {}); // replaced by a pause: the next tick decides
}
