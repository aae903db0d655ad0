/** Notices that come and go, some with a way back. */

export interface Notice {
  text: string;
  tone?: "plain" | "alert";
  undo?: () => void;
  /** Called when the notice is gone and nobody undid it: the moment to do what cannot be undone. */
  whenGone?: () => void;
}

export interface ShownNotice extends Notice {
  id: number;
}

let shown: readonly ShownNotice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function show(next: readonly ShownNotice[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

/** Say something, for some seconds. */
export function notify(notice: Notice): void {
  show([...shown, { ...notice, id: ++lastId }]);
}

/** Take a notice away; `isUndone` tells which of its two ends comes true. */
export function dismiss(id: number, { isUndone }: { isUndone: boolean }): void {
  const notice = shown.find((each) => each.id === id);
  if (notice === undefined) return;
  show(shown.filter((each) => each.id !== id));
  if (isUndone) notice.undo?.();
  else notice.whenGone?.();
}

/** What is shown now; for useSyncExternalStore. */
export const noticeStore = {
  listen: (changed: () => void) => {
    listeners.add(changed);
    return () => listeners.delete(changed);
  },
  newest: () => shown,
};

/** Who leaves the page has not undone. */
export function settleNotices(): void {
  for (const { id } of shown) dismiss(id, { isUndone: false });
}
