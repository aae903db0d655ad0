/** Exports: asked again every second while one is being made. */
import { queryOptions } from "@tanstack/react-query";
import { orThrow } from "./answer";
import { ask } from "./client";
import type { Result } from "./routes";

export type ExportRow = Result<"get", "/api/exports">[number];

const EVERY_MS = 1000;

export const exportsQuery = queryOptions({
  queryKey: ["/api/exports"],
  queryFn: async ({ signal }) => orThrow(await ask("/api/exports", {}, signal)),
  refetchInterval: ({ state }) =>
    state.data?.some(({ in_progress }) => in_progress) ? EVERY_MS : false,
});
