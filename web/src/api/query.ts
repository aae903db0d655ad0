/** Questions for the query library. */
import { QueryClient, queryOptions } from "@tanstack/react-query";
import { orThrow, type Refused } from "./answer";
import { ask } from "./client";
import type { Args, Route } from "./routes";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: Refused;
  }
}

/** A route as a query: `useQuery(query("/api/events", { limit: 50 }))`. */
export function query<P extends Route<"get">>(route: P, args: Args<"get", P>) {
  return queryOptions({
    queryKey: [route, args],
    queryFn: async ({ signal }) => orThrow(await ask(route, args, signal)),
  });
}

/** One for the page. What was refused is not asked again; what nobody answered is. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) => error.status === null && failures < 3,
      },
    },
  });
}
