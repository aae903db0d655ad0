/** What may be asked of which route, and what comes back: read from the generated description. */
import type { paths } from "./schema";

export type Method = "get" | "post" | "put" | "patch" | "delete";

type Json<T> = T extends { content: { "application/json": infer J } } ? J : never;
type Good<O> = O extends { responses: infer R }
  ? R extends { 200: infer G }
    ? Json<G>
    : never
  : never;
type Part<O, K extends "path" | "query"> = O extends { parameters: { [N in K]?: infer P } }
  ? Exclude<P, undefined>
  : never;
type OrNothing<T> = [T] extends [never] ? unknown : T;

/** Every route that knows the method. */
export type Route<M extends Method> = {
  [P in keyof paths]: paths[P] extends { [N in M]: { responses: unknown } } ? P : never;
}[keyof paths];

type Operation<M extends Method, P extends Route<M>> = paths[P] extends { [N in M]: infer O }
  ? O
  : never;

/** Names in the path and in the query string, in one flat object: no route uses a name for both. */
export type Args<M extends Method, P extends Route<M>> = OrNothing<Part<Operation<M, P>, "path">> &
  Partial<OrNothing<Part<Operation<M, P>, "query">>>;

/** The JSON that a route takes. */
export type Body<M extends Method, P extends Route<M>> =
  Operation<M, P> extends { requestBody?: infer B } ? Json<Exclude<B, undefined>> : never;

/** The JSON of a good answer. */
export type Result<M extends Method, P extends Route<M>> = Good<Operation<M, P>>;

export type Value = string | number | boolean | null | undefined;

/** A route with its names filled in; those that are not in the path become the query string. */
export function addressOf(route: string, args: Readonly<Record<string, Value>> = {}): string {
  const rest = new URLSearchParams();
  let path = route;
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined || value === null) continue;
    const slot = `{${name}}`;
    if (path.includes(slot)) path = path.replace(slot, encodeURIComponent(String(value)));
    else rest.set(name, typeof value === "boolean" ? String(Number(value)) : String(value));
  }
  const query = rest.toString();
  return query === "" ? path : `${path}?${query}`;
}
