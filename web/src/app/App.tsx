/** The page, put together: what is around every page, and which page is shown. */
import { QueryClientProvider } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { Redirect, Route, Switch } from "wouter";
import { configQuery } from "@/api/config";
import { makeQueryClient } from "@/api/query";
import { EmptyState } from "@/parts/EmptyState";
import { ErrorBoundary } from "@/parts/ErrorBoundary";
import { PageHeader } from "@/parts/PageHeader";
import { Skeleton } from "@/parts/Skeleton";
import { Toasts } from "@/parts/Toasts";
import { say } from "@/words";
import { PAGES } from "./pages";
import { Shell } from "./Shell";

export function App() {
  const [queries] = useState(() => {
    const client = makeQueryClient();
    void client.prefetchQuery(configQuery); // while the code of the page is still on its way
    return client;
  });
  return (
    <QueryClientProvider client={queries}>
      <Shell>
        <Switch>
          <Route path="/">
            <Redirect to="/live" replace />
          </Route>
          {PAGES.map(({ path, Page }) => (
            <Route key={path} path={`${path}/*?`}>
              <ErrorBoundary>
                <Suspense fallback={<Skeleton height="50vh" />}>
                  <Page />
                </Suspense>
              </ErrorBoundary>
            </Route>
          ))}
          <Route>
            <PageHeader title={say("error.notFound")} />
            <EmptyState title={say("error.notFound")} hint={say("error.notFoundCure")} />
          </Route>
        </Switch>
      </Shell>
      <Toasts />
    </QueryClientProvider>
  );
}
