/** The one place that calls fetch; it alone knows how Picket says no. */
import type { Answer, Problem } from "./answer";
import {
  type Args,
  addressOf,
  type Body,
  type Method,
  type Result,
  type Route,
  type Value,
} from "./routes";

/** Marks a request as our own page's, which no other site's page can do. */
const OWN = { "X-CSRF-TOKEN": "1" };

type Flat = Readonly<Record<string, Value>>;

/** Ask a route of the description: `ask("/api/{camera}/recordings", { camera, after })`. */
export function ask<P extends Route<"get">>(
  route: P,
  args: Args<"get", P>,
  signal?: AbortSignal,
): Promise<Answer<Result<"get", P>>> {
  return getJson(addressOf(route, args as Flat), signal);
}

/** Change something: `tell("delete", "/api/events/{event_id}", { event_id })`. */
export function tell<M extends Exclude<Method, "get">, P extends Route<M>>(
  method: M,
  route: P,
  args: Args<M, P>,
  body?: Body<M, P>,
): Promise<Answer<Result<M, P>>> {
  const json = { "Content-Type": "application/json" };
  return send(addressOf(route, args as Flat), {
    method: method.toUpperCase(),
    headers: body === undefined ? OWN : { ...OWN, ...json },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

/** Send a text as it is, such as the configuration file. */
export function tellText<T>(address: string, text: string): Promise<Answer<T>> {
  return send(address, {
    method: "POST",
    headers: { ...OWN, "Content-Type": "text/plain" },
    body: text,
  });
}

/** Change what an address names, where names cannot be typed or stand there several times. */
export function put<T>(address: string): Promise<Answer<T>> {
  return send(address, { method: "PUT", headers: OWN });
}

/** JSON from an address that the description does not type. */
export function getJson<T>(address: string, signal?: AbortSignal): Promise<Answer<T>> {
  return send(address, { headers: OWN, signal: signal ?? null });
}

/** A text, such as a log. */
export function getText(address: string, signal?: AbortSignal): Promise<Answer<string>> {
  return send(address, { headers: OWN, signal: signal ?? null }, (response) => response.text());
}

async function send<T>(
  address: string,
  init: RequestInit,
  read: (response: Response) => Promise<T> = (response) => response.json(),
): Promise<Answer<T>> {
  try {
    const response = await fetch(address, init);
    if (response.ok) return { kind: "ok", value: await read(response) };
    return { kind: "failed", status: response.status, ...(await refusalOf(response)) };
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return { kind: "aborted" };
    return { kind: "failed", status: null, message: String(error) };
  }
}

interface Refusal {
  message: string;
  problems?: readonly Problem[];
}

/** What a refusal says: the message of our JSON, or whatever a proxy between wrote. */
async function refusalOf(response: Response): Promise<Refusal> {
  const text = await response.text();
  try {
    const told: unknown = JSON.parse(text);
    if (typeof told === "object" && told !== null && "message" in told) {
      const { message, problems } = told as Refusal;
      return { message: String(message), ...(problems ? { problems } : {}) };
    }
  } catch {
    // no JSON: somebody else answered in our place
  }
  return { message: text.slice(0, 300) || `${response.status} ${response.statusText}` };
}
