/** A part of what the conductor shows; drawn anew only when that part changes. */
import { useSyncExternalStore } from "react";
import type { Conductor, Shown } from "./conductor";

export function useShown<T extends string | number | boolean | object | null>(
  conductor: Conductor,
  part: (shown: Shown) => T,
): T {
  return useSyncExternalStore(conductor.listen, () => part(conductor.shown()));
}
