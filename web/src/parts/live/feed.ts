/** From the socket to the player, and what becomes of it as a state. */
import { openLive, type StreamName, type StreamShape } from "@/api/liveStream";
import { canPlay, Sink } from "./sink";

interface Playing {
  kind: "playing";
  shape: StreamShape;
  hasSound: boolean;
  zeroTime: number | null; // when the picture at media time 0 was taken, Unix seconds
}

export type LiveState =
  | { kind: "waiting" }
  | Playing
  | { kind: "offline"; reason: string; sinceTime: number }
  | { kind: "unplayable" }; // not by this browser

const MOST_FAILURES = 3; // of a player within FAILING_MS; then it is not going to work
const FAILING_MS = 60_000;

/** Show a stream in a video element until what comes back is called. */
export function feed(
  video: HTMLVideoElement,
  camera: string,
  stream: StreamName,
  tell: (state: LiveState) => void,
): () => void {
  let sink: Sink | null = null;
  let playing: Playing | null = null;
  let failed: number[] = [];
  let leave = () => {};
  const drop = () => {
    sink?.close();
    sink = playing = null;
  };
  const giveUp = () => {
    leave();
    drop();
    tell({ kind: "unplayable" });
  };
  const enter = () => openLive(camera, stream, listener);
  const fail = () => {
    const now = performance.now();
    failed = [...failed.filter((at) => now - at < FAILING_MS), now];
    leave();
    drop();
    if (failed.length >= MOST_FAILURES) giveUp();
    else leave = enter();
  };
  const listener = {
    begin: (shape: StreamShape) => {
      if (!canPlay(shape)) {
        giveUp();
        return;
      }
      sink ??= new Sink(video, fail);
      sink.begin(shape);
      const hasSound = shape.codecs.includes(",");
      playing = { kind: "playing", shape, hasSound, zeroTime: null };
      tell(playing);
    },
    clock: (zeroTime: number) => {
      if (playing === null) return;
      playing = { ...playing, zeroTime };
      tell(playing);
    },
    data: (bytes: ArrayBuffer) => sink?.append(bytes),
    offline: (reason: string, sinceTime: number) => {
      drop();
      tell({ kind: "offline", reason, sinceTime });
    },
    lost: () => tell({ kind: "waiting" }), // the last picture stays until there is a newer one
  };
  leave = enter();
  return () => {
    leave();
    drop();
  };
}
