import { afterEach, expect, test, vi } from "vitest";
import { followPictures } from "./pictures";

afterEach(() => vi.unstubAllGlobals());

/** Asked for the next picture, by a browser that tells of them. */
class Video {
  waiting: VideoFrameRequestCallback[] = [];
  requestVideoFrameCallback(next: VideoFrameRequestCallback): number {
    return this.waiting.push(next);
  }
  cancelVideoFrameCallback(): void {
    this.waiting = [];
  }
  show(mediaTime: number): void {
    const [next] = this.waiting.splice(0, 1);
    next?.(0, { mediaTime } as VideoFrameCallbackMetadata);
  }
}

test("each picture is told until nobody wants to know", () => {
  const video = new Video();
  const told: number[] = [];
  const stop = followPictures(video as unknown as HTMLVideoElement, (at_s) => told.push(at_s));
  for (const at_s of [0.5, 0.54, 0.58]) video.show(at_s);
  expect(told).toEqual([0.5, 0.54, 0.58]);
  stop();
  video.show(0.62);
  expect(told).toHaveLength(3);
});

test("where a browser does not tell of pictures, the position of the player has to do", () => {
  const waiting: FrameRequestCallback[] = [];
  vi.stubGlobal("requestAnimationFrame", (next: FrameRequestCallback) => waiting.push(next));
  vi.stubGlobal("cancelAnimationFrame", () => waiting.splice(0));
  const video = { currentTime: 7 };
  const told: number[] = [];
  const stop = followPictures(video as HTMLVideoElement, (at_s) => told.push(at_s));
  waiting.shift()?.(0);
  video.currentTime = 7.25;
  waiting.shift()?.(0);
  expect(told).toEqual([7, 7.25]);
  stop();
  expect(waiting).toEqual([]);
});
