/** Which boxes belong to a picture: frames are analysed seldomer than pictures are shown. */
import type { FoundInFrame, FoundObject } from "@/api/overlays";

const KEPT_S = 10; // a picture is shown a few seconds after it was taken at most
const SAME_S = 0.001;

/** The frames known so far and one more; where time went back, those that are ahead are over. */
export function remember(
  frames: readonly FoundInFrame[],
  found: FoundInFrame,
): readonly FoundInFrame[] {
  const isKept = ({ time }: FoundInFrame) => time < found.time && time > found.time - KEPT_S;
  return [...frames.filter(isKept), found];
}

/** So long what was found is believed without anything newer, and a way between two is straight. */
export function heldFor_s(analysed_fps: number): number {
  return 0.5 + 2 / analysed_fps;
}

/**
 * What to draw over the picture of a moment: what was found last before it, with objects on their
 * way to where they are found next.
 */
export function foundAt(
  frames: readonly FoundInFrame[],
  time: number,
  held_s: number,
): FoundInFrame | null {
  const next = frames.findIndex((frame) => frame.time > time + SAME_S);
  const before = frames.at(next === -1 ? -1 : next - 1);
  if (before === undefined || next === 0 || time - before.time > held_s) return null;
  const after = frames[next];
  if (after === undefined || after.time - before.time > held_s) return before;
  const share = Math.max(time - before.time, 0) / (after.time - before.time);
  const there = new Map(after.objects.map((object) => [object.id, object]));
  const objects = before.objects.map((object) => between(object, there.get(object.id), share));
  return { ...before, objects };
}

/** The zones in which somebody is. */
export function occupiedZones(found: FoundInFrame | null): ReadonlySet<string> {
  return new Set(found?.objects.flatMap(({ current_zones }) => current_zones));
}

function between(from: FoundObject, to: FoundObject | undefined, share: number): FoundObject {
  if (to === undefined) return from;
  const side = (index: 0 | 1 | 2 | 3) =>
    from.box[index] + (to.box[index] - from.box[index]) * share;
  return { ...from, box: [side(0), side(1), side(2), side(3)] };
}
