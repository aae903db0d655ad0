/** Days that people ask for by name. */
import { dayOf, type EventFilters } from "./filters";

export const PERIODS = ["any", "today", "yesterday", "week", "days"] as const;
export type Period = (typeof PERIODS)[number];

/** The day that is so many before the one of a moment; noon, so that no change of the clock matters. */
function dayBefore(nowTime: number, days: number): string {
  const date = new Date(nowTime * 1000);
  const noon = new Date(date.getFullYear(), date.getMonth(), date.getDate() - days, 12);
  return dayOf(noon.getTime() / 1000);
}

const bounds = (nowTime: number) =>
  ({
    any: { from: "", to: "" },
    today: { from: dayBefore(nowTime, 0), to: "" },
    yesterday: { from: dayBefore(nowTime, 1), to: dayBefore(nowTime, 1) },
    week: { from: dayBefore(nowTime, 6), to: "" },
  }) as const;

/** The name of the chosen days; `days` for those without one. */
export function periodOf({ from, to }: EventFilters, nowTime: number): Period {
  const named = Object.entries(bounds(nowTime)).find(
    ([, bound]) => bound.from === from && bound.to === to,
  );
  return (named?.[0] as Period | undefined) ?? "days";
}

/** The filters with the days of that name. */
export function withPeriod(filters: EventFilters, period: Period, nowTime: number): EventFilters {
  return period === "days" ? filters : { ...filters, ...bounds(nowTime)[period] };
}
