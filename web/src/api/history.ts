/** How things were: asked again and again while somebody looks. */
import { queryOptions } from "@tanstack/react-query";
import { orThrow } from "./answer";
import { ask } from "./client";
import type { Result } from "./routes";

export type History = Result<"get", "/api/stats/history">;

const HOUR_S = 3600;
const LEAST_S = 600;

/** The last day; of a program that has just begun all there is, finely. */
export function historyQuery(uptime_s: number) {
  const isYoung = uptime_s < HOUR_S;
  const shown_s = Math.max(uptime_s, LEAST_S);
  return queryOptions({
    queryKey: ["/api/stats/history", isYoung],
    queryFn: async ({ signal }) => {
      const after = Math.floor(Date.now() / 1000 - shown_s);
      const asked = isYoung ? { after, step: 10 } : { step: 300 };
      return orThrow(await ask("/api/stats/history", asked, signal));
    },
    refetchInterval: isYoung ? 10_000 : 60_000,
  });
}
