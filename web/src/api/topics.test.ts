import { beforeEach, expect, test } from "vitest";
import { backOff_ms } from "./backOff";
import { Topics } from "./topics";

class FakeSocket extends EventTarget {
  sent: string[] = [];

  send(text: string): void {
    this.sent.push(text);
  }

  hear(topic: string, payload: string | number): void {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify({ topic, payload }) }));
  }
}

let sockets: FakeSocket[];
let waits: { act: () => void; wait_ms: number }[];
let now: number;
let topics: Topics;

const socket = () => sockets.at(-1) as FakeSocket;

beforeEach(() => {
  [sockets, waits, now] = [[], [], 100];
  topics = new Topics({
    open: () => {
      sockets.push(new FakeSocket());
      return socket();
    },
    wait: (act, wait_ms) => waits.push({ act, wait_ms }),
    nowTime: () => now,
  });
  topics.start();
  socket().dispatchEvent(new Event("open"));
});

test("a listener hears its topic and no other", () => {
  const heard: unknown[] = [];
  topics.listen("front/motion", (payload) => heard.push(payload));
  socket().hear("front/motion", "ON");
  socket().hear("back/motion", "OFF");
  expect(heard).toEqual(["ON"]);
});

test("a star hears all, and who stops hears no more", () => {
  const heard: unknown[] = [];
  const stop = topics.listen("*", (payload, topic) => heard.push([topic, payload]));
  socket().hear("a", 1);
  stop();
  socket().hear("a", 2);
  expect(heard).toEqual([["a", 1]]);
});

test("who comes later knows the last payload", () => {
  socket().hear("front/person", 2);
  expect(topics.newest("front/person")).toBe(2);
});

test("a lost connection is told with its time, and what was known is forgotten", () => {
  let changes = 0;
  topics.listenToLink(() => changes++);
  socket().hear("front/person", 2);
  now = 200;
  socket().dispatchEvent(new Event("close"));
  expect(topics.link()).toEqual({ isUp: false, sinceTime: 200 });
  expect(topics.newest("front/person")).toBeUndefined();
  expect(changes).toBe(1);
});

test("it comes back by itself, and waits longer each time", () => {
  for (let round = 0; round < 3; round++) {
    socket().dispatchEvent(new Event("close"));
    waits.at(-1)?.act();
  }
  expect(sockets.length).toBe(4);
  expect(waits.map(({ wait_ms }) => wait_ms)).toEqual([500, 1000, 2000]);
  socket().dispatchEvent(new Event("open"));
  expect(topics.link().isUp).toBe(true);
});

test("the wait has a bound", () => {
  expect(backOff_ms(40)).toBe(10_000);
});

test("what is said goes out as JSON, and nowhere without a connection", () => {
  topics.tell("front/detect/set", "ON");
  expect(socket().sent).toEqual(['{"topic":"front/detect/set","payload":"ON","retain":true}']);
  socket().dispatchEvent(new Event("close"));
  topics.tell("front/detect/set", "OFF");
  expect(socket().sent.length).toBe(1);
});
