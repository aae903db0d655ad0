/** What is drawn, with its past, and which shape is chosen. */

import { useEffect, useEffectEvent, useState } from "react";
import type { Corner } from "@/api/polygons";
import { forgetDraft, useDraft } from "../drafts";
import { become, begin, redo, undo } from "../past";
import { freeName, type Kind, type Shape, USUAL_INERTIA } from "./shapes";

export function useDrawing(draftKey: string, saved: readonly Shape[]) {
  const [past, setPast] = useDraft(draftKey, () => begin(saved));
  const [chosenId, setChosenId] = useState<string | null>(null);
  const shapes = past.now;
  const set = (next: readonly Shape[]) => setPast((before) => become(before, next));
  const isChanged = shapes !== saved;

  useBeforeLeaving(isChanged);
  useUndoKeys(
    () => setPast(undo),
    () => setPast(redo),
  );
  return {
    shapes,
    chosen: shapes.find(({ id }) => id === chosenId) ?? null,
    choose: setChosenId,
    add: (kind: Kind, corners: readonly Corner[]) => {
      const shape: Shape = {
        id: crypto.randomUUID?.() ?? `new/${Date.now()}`, // only secure pages have the former
        kind,
        name: kind === "zone" ? freeName(shapes) : "",
        label: "",
        corners,
        objects: [],
        inertia: USUAL_INERTIA,
      };
      set([...shapes, shape]);
      setChosenId(shape.id);
    },
    change: (shape: Shape) => set(shapes.map((each) => (each.id === shape.id ? shape : each))),
    remove: (shape: Shape) => set(shapes.filter(({ id }) => id !== shape.id)),
    forget: () => forgetDraft(draftKey),
    undo: () => setPast(undo),
    redo: () => setPast(redo),
    canUndo: past.before.length > 0,
    canRedo: past.after.length > 0,
  };
}

/** Ctrl+Z and Ctrl+Shift+Z, but where text is written they belong to the text. */
function useUndoKeys(back: () => void, forth: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const isText = event.target instanceof HTMLInputElement && event.target.type !== "checkbox";
    if (isText || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (event.shiftKey) forth();
    else back();
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => press(event);
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  }, []);
}

/** The browser asks before a tab with unsaved changes is closed. */
function useBeforeLeaving(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isChanged]);
}
