/** The camera's own video over `/live/mse/{camera}`. */
import { keepOpen } from "./socket";

/** `sub` is what is analysed, `main` what is recorded. */
export type StreamName = "sub" | "main";

export interface StreamShape {
  codecs: string; // as media types name them, such as "avc1.64001f,mp4a.40.2"
  width: number;
  height: number;
}

/** What a stream tells; `data` after `begin` is first the init segment, then fragments. */
export interface LiveListener {
  begin: (shape: StreamShape) => void;
  clock: (zeroTime: number) => void; // when the picture at media time 0 was taken, Unix seconds
  data: (bytes: ArrayBuffer) => void;
  offline: (reason: string, sinceTime: number) => void;
  lost: () => void; // the connection, not the camera
}

type Told =
  | ({ type: "init"; zero_time: number } & StreamShape)
  | { type: "clock"; zero_time: number }
  | { type: "offline"; reason: string; since: number };

/** Watch until what comes back is called. */
export function openLive(camera: string, stream: StreamName, listener: LiveListener): () => void {
  return keepOpen(`/live/mse/${encodeURIComponent(camera)}?stream=${stream}`, {
    hear: (data) => hear(data, listener),
    lost: listener.lost,
  });
}

/** Pass one message of the socket on. */
export function hear(data: string | ArrayBuffer, listener: LiveListener): void {
  if (typeof data !== "string") {
    listener.data(data);
    return;
  }
  const told = JSON.parse(data) as Told;
  if (told.type === "offline") {
    listener.offline(told.reason, told.since);
    return;
  }
  if (told.type === "init") listener.begin(told);
  listener.clock(told.zero_time);
}
