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

const WHEEL = 1.0015; // how much a pixel of the wheel zooms

/** One finger or the pointer scrubs, two fingers and the wheel zoom, the wheel sideways moves. */
export function useGestures(gestures: Gestures) {
  const { area, view, day, look, scrub, hover } = gestures;
  const fingers = useRef(new Map<number, number>()); // where each is, pixels
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
    scrub(fingers.current.size === 1 ? timeOf(event) : null);
  };
  const move = (event: PointerEvent) => {
    const held = fingers.current;
    if (!held.has(event.pointerId)) return hover(timeOf(event));
    const before = spread(held);
    held.set(event.pointerId, event.clientX);
    if (held.size === 1) return scrub(timeOf(event));
    const box = event.currentTarget.getBoundingClientRect();
    const middle = timeAt(view, spread(held).middle - box.left, box.width);
    look(zoomed(view, before.width / Math.max(spread(held).width, 1), middle, day));
  };
  const up = (event: PointerEvent) => {
    if (fingers.current.delete(event.pointerId)) scrub(null);
  };
  return {
    onPointerDown: down,
    onPointerMove: move,
    onPointerUp: up,
    onPointerCancel: up,
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

function spread(fingers: ReadonlyMap<number, number>): { width: number; middle: number } {
  const places = [...fingers.values()];
  const [least, most] = [Math.min(...places), Math.max(...places)];
  return { width: Math.max(most - least, 1), middle: (least + most) / 2 };
}
