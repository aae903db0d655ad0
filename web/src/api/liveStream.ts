/** The camera's own video over `/live/mse/{camera}`; the connection comes back by itself. */
import { backOff_ms } from "./backOff";
import { socketAddress } from "./topics";

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
  data: (bytes: ArrayBuffer) => void;
  offline: (reason: string, sinceTime: number) => void;
  lost: () => void; // the connection, not the camera
}

type Told = ({ type: "init" } & StreamShape) | { type: "offline"; reason: string; since: number };

/** Watch until what comes back is called. */
export function openLive(camera: string, stream: StreamName, listener: LiveListener): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isOver = false;
  const connect = () => {
    const address = `/live/mse/${encodeURIComponent(camera)}?stream=${stream}`;
    socket = new WebSocket(socketAddress(address));
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => {
      failures = 0;
      if (!isOver) hear(data, listener);
    };
    socket.onclose = () => {
      if (isOver) return;
      listener.lost();
      timer = setTimeout(connect, backOff_ms(failures++));
    };
  };
  connect();
  return () => {
    isOver = true;
    clearTimeout(timer);
    socket?.close();
  };
}

/** Pass one message of the socket on. */
export function hear(data: string | ArrayBuffer, listener: LiveListener): void {
  if (typeof data !== "string") {
    listener.data(data);
    return;
  }
  const told = JSON.parse(data) as Told;
  if (told.type === "init") listener.begin(told);
  else listener.offline(told.reason, told.since);
}
