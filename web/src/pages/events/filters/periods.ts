/** Days that people ask for by name. */
import { dayAfter, dayOf, OWN_ZONE } from "@/time/days";
import type { EventFilters } from "./filters";

export const PERIODS = ["any", "today", "yesterday", "week", "days"] as const;
export type Period = (typeof PERIODS)[number];

function bounds(nowTime: number) {
  const today = dayOf(nowTime, OWN_ZONE);
  return {
    any: { from: "", to: "" },
    today: { from: today, to: "" },
    yesterday: { from: dayAfter(today, -1), to: dayAfter(today, -1) },
    week: { from: dayAfter(today, -6), to: "" },
  } as const;
}

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
