import { expect, test } from "vitest";
import { hear, type LiveListener } from "./liveStream";

function listening(): { heard: unknown[]; listener: LiveListener } {
  const heard: unknown[] = [];
  const listener = {
    begin: ({ codecs }: { codecs: string }) => heard.push(["begin", codecs]),
    clock: (zeroTime: number) => heard.push(["clock", zeroTime]),
    data: (bytes: ArrayBuffer) => heard.push(["data", bytes.byteLength]),
    offline: (reason: string, sinceTime: number) => heard.push(["offline", reason, sinceTime]),
    lost: () => heard.push(["lost"]),
  };
  return { heard, listener };
}

test("texts tell of the stream, the rest is the stream", () => {
  const { heard, listener } = listening();
  hear('{"type":"init","codecs":"avc1.64001f","width":640,"height":360,"zero_time":5.5}', listener);
  hear(new ArrayBuffer(8), listener);
  hear('{"type":"clock","zero_time":5.25}', listener);
  hear('{"type":"offline","reason":"refused","since":12.5}', listener);
  expect(heard).toEqual([
    ["begin", "avc1.64001f"],
    ["clock", 5.5],
    ["data", 8],
    ["clock", 5.25],
    ["offline", "refused", 12.5],
  ]);
});
