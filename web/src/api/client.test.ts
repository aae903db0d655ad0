// @vitest-environment node
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { getJson, getText } from "./client";

let server: Server | undefined;

async function serve(answer: RequestListener): Promise<string> {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((ready) => started.listen(0, "127.0.0.1", ready));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

test("a good answer is its value, and the request is marked as our own", async () => {
  const address = await serve((request, response) => {
    response.end(JSON.stringify({ own: request.headers["x-csrf-token"] }));
  });
  expect(await getJson(address)).toEqual({ kind: "ok", value: { own: "1" } });
});

test("a refusal carries the message of the server", async () => {
  const address = await serve((_, response) => {
    response.writeHead(404).end('{"success":false,"message":"There is no camera pond"}');
  });
  const expected = { kind: "failed", status: 404, message: "There is no camera pond" };
  expect(await getJson(address)).toEqual(expected);
});

test("a refusal by somebody between is told as it is", async () => {
  const address = await serve((_, response) => {
    response.writeHead(502).end("Bad Gateway");
  });
  expect(await getText(address)).toEqual({ kind: "failed", status: 502, message: "Bad Gateway" });
});

test("nobody there is a failure without a status", async () => {
  const address = await serve((request) => request.destroy());
  expect(await getJson(address)).toMatchObject({ kind: "failed", status: null });
});

test("a question that was taken back is no failure", async () => {
  const address = await serve(() => {});
  const control = new AbortController();
  const answer = getJson(address, control.signal);
  control.abort();
  expect(await answer).toEqual({ kind: "aborted" });
});
