/** A socket to the server that the page came from; the connection comes back by itself. */
import { backOff_ms } from "./backOff";

export function socketAddress(path: string): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
}

interface Listener {
  hear: (data: string | ArrayBuffer) => void;
  lost?: () => void;
}

/** Listen until what comes back is called. */
export function keepOpen(path: string, { hear, lost }: Listener): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isOver = false;
  const connect = () => {
    socket = new WebSocket(socketAddress(path));
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => {
      failures = 0;
      if (!isOver) hear(data);
    };
    socket.onclose = () => {
      if (isOver) return;
      lost?.();
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
