/** Whether the page can be installed as an app, and asking for it. */

/** What browsers send that can install. Source: https://wicg.github.io/manifest-incubations/ */
interface Offer extends Event {
  prompt(): Promise<unknown>;
}

let offer: Offer | null = null;
const listeners = new Set<() => void>();

function set(next: Offer | null): void {
  offer = next;
  for (const listener of listeners) listener();
}

/** Remember the browser's offer, which comes once and early. */
export function listenForOffer(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault(); // it is made in the settings, when it is wanted
    set(event as Offer);
  });
  addEventListener("appinstalled", () => set(null));
}

/** Whether there is an offer now; for useSyncExternalStore. */
export const installing = {
  listen: (changed: () => void) => {
    listeners.add(changed);
    return () => listeners.delete(changed);
  },
  isOffered: () => offer !== null,
};

/** Take the offer; the browser asks the user. */
export async function install(): Promise<void> {
  await offer?.prompt();
  set(null); // it holds once
}

/** Whether the page runs as an app already. */
export function isInstalled(): boolean {
  return matchMedia("(display-mode: standalone)").matches;
}
