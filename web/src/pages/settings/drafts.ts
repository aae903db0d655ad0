/** What was being changed when another page was opened: it is there again until the tab is closed. */
import { useEffect, useState } from "react";

const drafts = new Map<string, unknown>();

/** State that outlives its component. The key must tell what the draft is a change of. */
export function useDraft<T>(key: string, first: () => T) {
  const [value, setValue] = useState<T>(() => (drafts.has(key) ? (drafts.get(key) as T) : first()));
  useEffect(() => {
    drafts.set(key, value);
  }, [key, value]);
  return [value, setValue] as const;
}

/** It is saved. */
export function forgetDraft(key: string): void {
  drafts.delete(key);
}
