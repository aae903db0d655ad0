/** Draws a camera's day: footage, motion, events and gaps. */
import type { Row } from "../rows/describe";
import { pixelOf, type Span } from "./scale";

/** Colours, as the canvas wants them. */
export type Inks = Readonly<Record<(typeof INKS)[number], string>>;
export const INKS = ["raised", "motion", "detection", "gap", "line-strong"] as const;

interface Sheet {
  pen: CanvasRenderingContext2D;
  width_px: number;
  height_px: number;
  view: Span;
  inks: Inks;
  nowTime: number; // where what goes on ends
}

const EVENTS_PX = 10; // the lane at the top
const BASE_PX = 4; // the line at the bottom: what was recorded
const LEAST_PX = 3; // what is shorter could not be seen
const HATCH_PX = 7;

export function drawRow(sheet: Sheet, row: Row): void {
  sheet.pen.clearRect(0, 0, sheet.width_px, sheet.height_px);
  drawActivity(sheet, row);
  for (const { start_time, end_time } of row.gaps) {
    drawGap(sheet, { from: start_time, to: end_time ?? sheet.nowTime });
  }
  sheet.pen.fillStyle = sheet.inks.detection;
  for (const { start_time, end_time } of row.events) {
    const [x, width] = place(sheet, { from: start_time, to: end_time ?? sheet.nowTime });
    sheet.pen.fillRect(x, 1, width, EVENTS_PX - 2);
  }
}

function place({ view, width_px }: Sheet, { from, to }: Span): [x: number, width: number] {
  const x = pixelOf(view, from, width_px);
  return [x, Math.max(pixelOf(view, to, width_px) - x, LEAST_PX)];
}

function drawActivity(sheet: Sheet, { activity }: Row): void {
  if (activity === null) return;
  const { pen, height_px, view, width_px, inks } = sheet;
  const { start, step, recorded, motion } = activity;
  const room_px = height_px - EVENTS_PX - BASE_PX;
  const first = Math.max(Math.floor((view.from - start) / step), 0);
  const last = Math.min(Math.ceil((view.to - start) / step), recorded.length);
  const width = pixelOf(view, view.from + step, width_px);
  for (let index = first; index < last; index++) {
    if (!recorded[index]) continue;
    const x = pixelOf(view, start + index * step, width_px);
    pen.fillStyle = inks.raised;
    pen.fillRect(x, EVENTS_PX, width + 0.5, height_px - EVENTS_PX);
    pen.fillStyle = inks["line-strong"];
    pen.fillRect(x, height_px - BASE_PX, width + 0.5, BASE_PX);
    const level_px = Math.min(motion[index] ?? 0, 1) * room_px;
    pen.fillStyle = inks.motion;
    pen.fillRect(x, height_px - BASE_PX - level_px, Math.max(width - 0.3, 1), level_px);
  }
}

/** Stripes, so that it is told from everything else without its colour. */
function drawGap(sheet: Sheet, gap: Span): void {
  const { pen, height_px, inks } = sheet;
  const [x, width] = place(sheet, gap);
  pen.save();
  pen.beginPath();
  pen.rect(x, EVENTS_PX, width, height_px - EVENTS_PX);
  pen.clip();
  pen.clearRect(x, EVENTS_PX, width, height_px - EVENTS_PX);
  pen.strokeStyle = inks.gap;
  pen.lineWidth = 2;
  pen.beginPath();
  const from_px = Math.max(x, -height_px) - height_px;
  for (let at = from_px; at < Math.min(x + width, sheet.width_px); at += HATCH_PX) {
    pen.moveTo(at, height_px);
    pen.lineTo(at + height_px, 0);
  }
  pen.stroke();
  pen.restore();
}
