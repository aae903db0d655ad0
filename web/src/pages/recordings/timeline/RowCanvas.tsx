/** A camera's day as a picture; those who hear the page are told by the timeline. */
import { useEffect, useRef, useState } from "react";
import type { Row } from "../rows/describe";
import { drawRow, INKS, type Inks } from "./draw";
import type { Span } from "./scale";
import styles from "./Timeline.module.css";

const HEIGHT_PX = 48;

interface RowCanvasProps {
  row: Row;
  view: Span;
  width_px: number;
}

export function RowCanvas({ row, view, width_px }: RowCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const appearance = useAppearance();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another appearance has other colours
  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext("2d");
    if (!element || !pen || width_px === 0) return;
    const scale = devicePixelRatio;
    element.width = Math.round(width_px * scale);
    element.height = Math.round(HEIGHT_PX * scale);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    const inks = readInks(element);
    const nowTime = Date.now() / 1000;
    drawRow({ pen, width_px, height_px: HEIGHT_PX, view, inks, nowTime }, row);
  }, [row, view, width_px, appearance]);
  return <canvas ref={canvas} aria-hidden className={styles.canvas} />;
}

/** Tokens as colours: only the style engine knows which of light and dark is meant. */
function readInks(element: HTMLElement): Inks {
  const entries = INKS.map((name) => {
    element.style.color = `var(--${name})`;
    return [name, getComputedStyle(element).color] as const;
  });
  return Object.fromEntries(entries) as Inks;
}

/** Another number whenever dark became light or back. */
function useAppearance(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const changed = () => setCount((before) => before + 1);
    const watch = new MutationObserver(changed);
    watch.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const device = matchMedia("(prefers-color-scheme: dark)");
    device.addEventListener("change", changed);
    return () => {
      watch.disconnect();
      device.removeEventListener("change", changed);
    };
  }, []);
  return count;
}
