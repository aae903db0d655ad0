/**
 * The service worker: keeps the page's own files, so that it opens at once and without Picket, and
 * shows messages that were pushed.
 *
 * Source: https://www.w3.org/TR/service-workers/
 */
import { handlingOf, namedIn, outdated, placeOf, SHELL, type Told } from "./shell";

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Lasting {
  request: Request;
  preloadResponse: Promise<Response | undefined>; // asked while the worker was still starting
  respondWith(answer: Promise<Response>): void;
}

interface Pushed extends Lasting {
  data: { json(): unknown } | null;
}

interface Clicked extends Lasting {
  notification: Notification;
}

/** What of ServiceWorkerGlobalScope is used; the types of workers and of pages exclude each other. */
interface Scope {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void>; openWindow(address: string): Promise<unknown> };
  registration: ServiceWorkerRegistration;
  addEventListener(name: "install" | "activate", hear: (event: Lasting) => void): void;
  addEventListener(name: "fetch", hear: (event: Fetching) => void): void;
  addEventListener(name: "push", hear: (event: Pushed) => void): void;
  addEventListener(name: "notificationclick", hear: (event: Clicked) => void): void;
}

/** Every hashed file of this build; the build writes them in here. */
const FILES: readonly string[] = JSON.parse("__FILES__");
const KEPT = "page";

const scope = self as unknown as Scope;

scope.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([keepShell(), scope.skipWaiting()]));
});

scope.addEventListener("activate", (event) => {
  const tidy = async () => {
    const cache = await caches.open(KEPT);
    const kept = (await cache.keys()).map(({ url }) => url);
    await Promise.all(outdated(kept, FILES).map((url) => cache.delete(url)));
    await scope.registration.navigationPreload?.enable();
    await scope.clients.claim();
  };
  event.waitUntil(tidy());
});

scope.addEventListener("fetch", (event) => {
  const handling = handlingOf(event.request, location.origin);
  if (handling === "asset") event.respondWith(asset(event.request));
  if (handling === "page") event.respondWith(page(event));
});

/** Keep the page's first file and what it names: all that is needed to open. */
async function keepShell(): Promise<void> {
  const first = await fetch(SHELL, { cache: "reload" });
  const named = namedIn(await first.clone().text());
  const cache = await caches.open(KEPT);
  await Promise.all([cache.put(SHELL, first), cache.addAll(named)]);
}

/** A file that never changes: from the store, or fetched and stored. */
async function asset(request: Request): Promise<Response> {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request);
  if (kept) return kept;
  const fetched = await fetch(request);
  if (fetched.ok) await cache.put(request, fetched.clone());
  return fetched;
}

/** The page as it is now; while nobody answers, as it was. */
async function page({ request, preloadResponse }: Fetching): Promise<Response> {
  try {
    return (await preloadResponse) ?? (await fetch(request));
  } catch (error) {
    const kept = await caches.match(SHELL);
    if (kept) return kept;
    throw error;
  }
}

scope.addEventListener("push", (event) => {
  const told = event.data?.json() as Told | undefined;
  if (!told) return;
  const options = {
    body: told.body,
    tag: told.tag,
    icon: "/icon-192.png",
    data: placeOf(told),
    ...(told.image === null ? {} : { image: told.image }),
  };
  event.waitUntil(scope.registration.showNotification(told.title, options));
});

scope.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(scope.clients.openWindow(String(event.notification.data)));
});
