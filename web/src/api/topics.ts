/** The page's one socket to `/ws`: what happens, as it happens. It comes back by itself. */
import { backOff_ms } from "./backOff";
import { socketAddress } from "./socket";

export type Payload = string | number;
export type Listener = (payload: Payload, topic: string) => void;
export type Link = { isUp: boolean; sinceTime: number };

/** What of a WebSocket is used; a test hands in its own. */
export type Socket = EventTarget & { send(text: string): void };

interface World {
  open: () => Socket;
  wait: (act: () => void, wait_ms: number) => void;
  nowTime: () => number;
}

/** Remembers the last payload of each topic, so that who comes later knows it too. */
export class Topics {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly linkListeners = new Set<() => void>();
  private readonly last = new Map<string, Payload>();
  private socket: Socket | null = null;
  private failures = 0;
  private state: Link;

  constructor(private readonly world: World) {
    this.state = { isUp: false, sinceTime: world.nowTime() };
  }

  /** Connect, and connect again whenever the connection is lost. */
  start(): void {
    const socket = this.world.open();
    this.socket = socket;
    socket.addEventListener("open", () => {
      this.failures = 0;
      this.mark(true);
    });
    socket.addEventListener("message", (event) => this.hear((event as MessageEvent).data));
    socket.addEventListener("close", () => {
      this.mark(false);
      this.world.wait(() => this.start(), backOff_ms(this.failures++));
    });
  }

  /** Hear a topic, or all with `*`; call what comes back to stop. */
  listen(topic: string, listener: Listener): () => void {
    const known = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, known.add(listener));
    return () => known.delete(listener);
  }

  /** Hear whether Picket can be reached. */
  listenToLink(listener: () => void): () => void {
    this.linkListeners.add(listener);
    return () => this.linkListeners.delete(listener);
  }

  /** The last payload of a topic, if there was one. */
  newest(topic: string): Payload | undefined {
    return this.last.get(topic);
  }

  /** Whether Picket can be reached, and since when that is so. */
  link(): Link {
    return this.state;
  }

  /** Say something, such as `front/detect/set`; gone when the connection is down. */
  tell(topic: string, payload: Payload): void {
    if (this.state.isUp) this.socket?.send(JSON.stringify({ topic, payload, retain: true }));
  }

  private hear(data: unknown): void {
    if (typeof data !== "string") return;
    const { topic, payload } = JSON.parse(data) as { topic: string; payload: Payload };
    this.last.set(topic, payload);
    for (const wanted of [topic, "*"]) {
      for (const listener of this.listeners.get(wanted) ?? []) listener(payload, topic);
    }
  }

  private mark(isUp: boolean): void {
    if (this.state.isUp === isUp) return;
    this.state = { isUp, sinceTime: this.world.nowTime() };
    if (!isUp) this.last.clear(); // what was true is not known any more
    for (const listener of this.linkListeners) listener();
  }
}

/** The page's own. */
export const topics = new Topics({
  open: () => new WebSocket(socketAddress("/ws")),
  wait: (act, wait_ms) => setTimeout(act, wait_ms),
  nowTime: () => Date.now() / 1000,
});
