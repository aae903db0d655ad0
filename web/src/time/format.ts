/** Times and amounts as people read them, in the browser's language and zone. */

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** How the user wants times: by whose clock, and whether to twelve. */
export interface ClockStyle {
  timeZone?: string;
  hour12?: boolean;
}

let style: ClockStyle = {};

/** From now on all times are written so; without this, as the browser does. */
export function setClockStyle(wanted: ClockStyle): void {
  style = wanted;
}

const dateOf = (time: number) => new Date(time * 1000);

/** "14:05" or "2:05 PM". `time` is in Unix seconds, here and below. */
export function clock(time: number): string {
  return dateOf(time).toLocaleTimeString([], { ...style, hour: "numeric", minute: "2-digit" });
}

/** "14:05:09". */
export function exactClock(time: number): string {
  return dateOf(time).toLocaleTimeString([], {
    ...style,
    hour: "numeric",
    minute: "2-digit",
    second: "2-digit",
  });
}

/** "Thu, 26 Nov". */
export function day(time: number): string {
  return dateOf(time).toLocaleDateString([], {
    ...style,
    weekday: "short",
    day: "numeric",
    month: "short",
  });
}

/** The clock alone for today, with the day before it otherwise. */
export function moment(time: number, nowTime: number): string {
  return day(time) === day(nowTime) ? clock(time) : `${day(time)}, ${clock(time)}`;
}

/** "3 minutes ago", "now". */
export function ago(time: number, nowTime: number, language = "en"): string {
  const formatter = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "narrow" });
  const passed_s = Math.max(nowTime - time, 0);
  const [unit, length_s] = UNITS.find(([, each_s]) => passed_s >= each_s) ?? ["second", 1];
  const count = Math.floor(passed_s / length_s);
  return formatter.format(unit === "second" && count < 5 ? 0 : -count, unit);
}

/** "0:07", "12:05", "1:02:03". */
export function duration(length_s: number): string {
  const whole = Math.max(Math.round(length_s), 0);
  const [hours, minutes, seconds] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  const two = (number: number) => String(number).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** "1.2 GB"; decimal units, as disks are sold. */
export function bytes(amount_bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB", "PB"];
  const power = amount_bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(amount_bytes) / 3), 5);
  const scaled = amount_bytes / 1000 ** power;
  return `${scaled.toLocaleString([], { maximumFractionDigits: scaled < 10 ? 1 : 0 })} ${units[power]}`;
}

/** "85 %". */
export function percent(ratio: number): string {
  return ratio.toLocaleString([], { style: "percent", maximumFractionDigits: 0 });
}
