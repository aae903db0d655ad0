/** Renaming and deleting exports. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Answer } from "@/api/answer";
import { tell } from "@/api/client";
import { type ExportRow, exportsQuery } from "@/api/exports";
import { notify } from "@/parts/toasts";
import { say } from "@/words";

export interface Deeds {
  rename: (row: ExportRow, name: string) => Promise<boolean>; // whether it was done
  remove: (row: ExportRow) => void;
}

/** What is deleted is hidden at once, and gone when nobody has undone it. */
export function useExports(): Deeds & { hidden: ReadonlySet<string> } {
  const queries = useQueryClient();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const unhide = (id: string) =>
    setHidden((before) => new Set([...before].filter((each) => each !== id)));
  const isDone = (answer: Answer<unknown>) => {
    void queries.invalidateQueries({ queryKey: exportsQuery.queryKey });
    if (answer.kind === "failed") {
      notify({ tone: "alert", text: say("exports.refused", { reason: answer.message }) });
    }
    return answer.kind === "ok";
  };
  return {
    hidden,
    rename: async ({ id }, name) =>
      isDone(await tell("patch", "/api/export/{current}/{new}", { current: id, new: name })),
    remove: ({ id, name, in_progress }) => {
      setHidden((before) => new Set([...before, id]));
      notify({
        text: say(in_progress ? "exports.stopped" : "exports.deleted", { name }),
        undo: () => unhide(id),
        whenGone: () =>
          void tell("delete", "/api/export/{name}", { name: id }).then((answer) => {
            if (!isDone(answer)) unhide(id);
          }),
      });
    },
  };
}
