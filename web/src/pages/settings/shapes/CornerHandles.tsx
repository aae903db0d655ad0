/** What the corners of the chosen shape are taken by, and between them what adds one. */

import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import type { Corner } from "@/api/polygons";
import { say } from "@/words";
import { middle, moved, stepOf, withCorner, without } from "./corners";
import styles from "./Shapes.module.css";
import type { Shape } from "./shapes";

interface CornerHandlesProps {
  shape: Shape;
  corners: readonly Corner[]; // as they are now, perhaps on their way
  move: (corners: readonly Corner[]) => void;
  settle: (corners: readonly Corner[]) => void;
}

/** Where a pointer is over the picture. */
function placeOf(event: PointerEvent<HTMLElement>): Corner {
  const { left, top, width, height } =
    event.currentTarget.parentElement?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
  return [(event.clientX - left) / width, (event.clientY - top) / height];
}

const atCorner = ([x, y]: Corner) => ({ left: `${x * 100}%`, top: `${y * 100}%` });

export function CornerHandles({ shape, corners, move, settle }: CornerHandlesProps) {
  const taken = useRef<{ index: number; hasMoved: boolean } | null>(null);
  const take = (event: PointerEvent<HTMLElement>, index: number) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    taken.current = { index, hasMoved: false };
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (taken.current === null) return;
    taken.current.hasMoved = true;
    move(moved(corners, taken.current.index, placeOf(event)));
  };
  const drop = (event: PointerEvent<HTMLElement>) => {
    const { index, hasMoved } = taken.current ?? { index: 0, hasMoved: false };
    taken.current = null;
    if (hasMoved) settle(moved(corners, index, placeOf(event)));
  };
  const press = (event: KeyboardEvent, index: number, [x, y]: Corner) => {
    const step = stepOf(event.key, event.shiftKey);
    if (step) settle(moved(corners, index, [x + step[0], y + step[1]]));
    else if (event.key === "Delete" || event.key === "Backspace") settle(without(corners, index));
    else return;
    event.preventDefault();
  };
  return (
    <>
      {corners.map((corner, index) => (
        <button
          key={`corner ${index}`}
          type="button"
          className={styles.corner}
          style={atCorner(corner)}
          aria-label={say("shapes.corner", { number: index + 1, shape: nameOf(shape) })}
          onPointerDown={(event) => take(event, index)}
          onPointerMove={drag}
          onPointerUp={drop}
          onPointerCancel={drop}
          onDoubleClick={() => settle(without(corners, index))}
          onKeyDown={(event) => press(event, index, corner)}
        />
      ))}
      {corners.map((_, index) => (
        <button
          key={`side ${index}`}
          type="button"
          className={styles.side_handle}
          style={atCorner(middle(corners, index))}
          aria-label={say("shapes.addCorner", { number: index + 1 })}
          onClick={() => settle(withCorner(corners, index, middle(corners, index)))}
        />
      ))}
    </>
  );
}

/** What a shape is called. */
export function nameOf({ kind, name, label }: Shape): string {
  if (kind === "zone") return name;
  if (kind === "motion") return say("shapes.motion");
  return label === "" ? say("shapes.object") : say("shapes.objectOf", { label });
}
