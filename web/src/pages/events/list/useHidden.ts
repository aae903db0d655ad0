/** Events that are deleted as far as the user sees, until the time to undo has passed. */
import { useCallback, useState } from "react";

export function useHidden() {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const hide = useCallback((id: string) => setIds((known) => new Set([...known, id])), []);
  const unhide = useCallback(
    (id: string) => setIds((known) => new Set([...known].filter((each) => each !== id))),
    [],
  );
  return { ids, hide, unhide };
}
