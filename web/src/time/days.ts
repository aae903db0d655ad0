/** Days of a place: where they begin, also where the clock is set and a day has 23 or 25 hours. */

/** A day by its name, "2026-11-26"; later days compare greater. */
export type DayName = string;

/** The zone of the device. */
export const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const SEARCHED_MIN = 16 * 60; // no zone is further from UTC
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  formats.set(zone, format);
  return format;
}

function partsOf(time: number, zone: string): Record<string, string> {
  const parts = formatOf(zone).formatToParts(time * 1000);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

/** The day in which a moment (Unix seconds) lies. */
export function dayOf(time: number, zone: string): DayName {
  const { year, month, day } = partsOf(time, zone);
  return `${year}-${month}-${day}`;
}

/** Minutes that the clock shows after midnight, 0..1439. */
export function minuteOfDay(time: number, zone: string): number {
  const { hour, minute } = partsOf(time, zone);
  return Number(hour) * 60 + Number(minute);
}

/** The first moment of a day, Unix seconds; not midnight where the clock leaps over it. */
export function startOfDay(day: DayName, zone: string): number {
  const nominal_min = Date.parse(`${day}T00:00:00Z`) / 60_000;
  let [before, within] = [nominal_min - SEARCHED_MIN, nominal_min + SEARCHED_MIN];
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (dayOf(middle * 60, zone) >= day) within = middle;
    else before = middle;
  }
  return within * 60;
}

/** The day so many days later; negative for earlier. */
export function dayAfter(day: DayName, by = 1): DayName {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
}

/** From the first moment of a day to that of the next. */
export function spanOfDay(day: DayName, zone: string): { from: number; to: number } {
  return { from: startOfDay(day, zone), to: startOfDay(dayAfter(day), zone) };
}
