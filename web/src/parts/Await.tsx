/** What a query gives, or its place, or why there is nothing: no page can forget one of the three. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Refused } from "@/api/answer";
import { ErrorState } from "./ErrorState";
import { Skeleton } from "./Skeleton";

interface AwaitProps<T> {
  query: UseQueryResult<T, Refused>;
  fallback?: ReactNode;
  children: (value: T) => ReactNode;
}

export function Await<T>({ query, fallback, children }: AwaitProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return fallback ?? <Skeleton height="240px" />;
}
