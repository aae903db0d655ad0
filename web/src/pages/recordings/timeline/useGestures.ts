/** Pointer, fingers and wheel on a timeline. */
import { type PointerEvent, type RefObject, useEffect, useRef } from "react";
import { moved, type Span, timeAt, zoomed } from "./scale";

interface Gestures {
  area: RefObject<HTMLElement | null>;
  view: Span;
  day: Span;
  look: (view: Span) => void;
  scrub: (time: number | null) => void;
  hover: (time: number | null) => void;
}

/** What fingers that are down do; one that has not moved yet may be joined by another. */
type Deed = "touch" | "scrub" | "zoom";

/** Two fingers, and what was shown when the second came; pixels. */
interface Grip {
  view: Span;
  width: number;
  middle: number;
}

const WHEEL = 1.0015; // how much a pixel of the wheel zooms

/** One finger or the pointer scrubs, two fingers and the wheel zoom, the wheel sideways moves. */
export function useGestures(gestures: Gestures) {
  const { area, view, day, look, scrub, hover } = gestures;
  const fingers = useRef(new Map<number, number>()); // where each is, pixels
  const deed = useRef<Deed>("scrub");
  const grip = useRef<Grip | null>(null);
  const latest = useRef(gestures);
  latest.current = gestures;
  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    const turn = (event: WheelEvent) => {
      event.preventDefault(); // the page stays: React's own listeners could not say so
      latest.current.look(turned(event, element, latest.current));
    };
    element.addEventListener("wheel", turn, { passive: false });
    return () => element.removeEventListener("wheel", turn);
  }, [area]);

  const timeOf = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x_px = Math.min(Math.max(event.clientX - box.left, 0), box.width);
    return timeAt(view, x_px, box.width);
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    fingers.current.set(event.pointerId, event.clientX);
    if (fingers.current.size > 1) {
      deed.current = "zoom";
      grip.current = { view, ...spread(fingers.current) };
    } else {
      deed.current = event.pointerType === "touch" ? "touch" : "scrub";
    }
    scrub(deed.current === "scrub" ? timeOf(event) : null);
  };
  const move = (event: PointerEvent) => {
    const held = fingers.current;
    if (!held.has(event.pointerId)) return hover(timeOf(event));
    held.set(event.pointerId, event.clientX);
    if (deed.current !== "zoom") {
      deed.current = "scrub";
      return scrub(timeOf(event));
    }
    if (held.size === 1 || grip.current === null) return; // one finger has left the other
    const box = event.currentTarget.getBoundingClientRect();
    look(stretched(grip.current, spread(held), box, day));
  };
  const up = (event: PointerEvent) => {
    if (!fingers.current.delete(event.pointerId)) return;
    if (deed.current === "touch") scrub(timeOf(event));
    scrub(null);
  };
  const cancel = (event: PointerEvent) => {
    if (fingers.current.delete(event.pointerId)) scrub(null);
  };
  return {
    onPointerDown: down,
    onPointerMove: move,
    onPointerUp: up,
    onPointerCancel: cancel,
    onPointerLeave: () => hover(null),
  };
}

function turned(event: WheelEvent, element: HTMLElement, { view, day }: Gestures): Span {
  const box = element.getBoundingClientRect();
  const sideways_px = event.shiftKey ? event.deltaY : event.deltaX;
  if (Math.abs(sideways_px) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
    return moved(view, (sideways_px / box.width) * (view.to - view.from), day);
  }
  const around = timeAt(view, event.clientX - box.left, box.width);
  return zoomed(view, WHEEL ** event.deltaY, around, day);
}

/** What lay between the fingers at first lies between them now. */
function stretched(grip: Grip, now: Omit<Grip, "view">, box: DOMRect, day: Span): Span {
  const around = timeAt(grip.view, grip.middle - box.left, box.width);
  const view = zoomed(grip.view, grip.width / now.width, around, day);
  const drag_px = grip.middle - now.middle;
  return moved(view, (drag_px / box.width) * (view.to - view.from), day);
}

function spread(fingers: ReadonlyMap<number, number>): { width: number; middle: number } {
  const places = [...fingers.values()];
  const [least, most] = [Math.min(...places), Math.max(...places)];
  return { width: Math.max(most - least, 1), middle: (least + most) / 2 };
}
