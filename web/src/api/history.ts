/** How things were over the last day: asked again every minute. */
import { queryOptions } from "@tanstack/react-query";
import { orThrow } from "./answer";
import { ask } from "./client";
import type { Result } from "./routes";

export type History = Result<"get", "/api/stats/history">;

const EVERY_MS = 60_000;
const STEP_S = 300;

export const historyQuery = queryOptions({
  queryKey: ["/api/stats/history"],
  queryFn: async ({ signal }) => orThrow(await ask("/api/stats/history", { step: STEP_S }, signal)),
  refetchInterval: EVERY_MS,
});
