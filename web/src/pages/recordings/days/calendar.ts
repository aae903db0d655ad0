/** A month as weeks of days. */
import { type DayName, dayAfter } from "@/time/days";

/** A month by its name, "2026-11". */
export type MonthName = string;

export const monthOf = (day: DayName): MonthName => day.slice(0, 7);

export function monthAfter(month: MonthName, by: number): MonthName {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** Weeks from Monday to Sunday; null where another month's day would be. */
export function weeksOf(month: MonthName): (DayName | null)[][] {
  const first = `${month}-01`;
  const blank = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const weeks: (DayName | null)[][] = [];
  for (let monday = dayAfter(first, -blank); monday < `${month}-99`; monday = dayAfter(monday, 7)) {
    const week = Array.from({ length: 7 }, (_, index) => dayAfter(monday, index));
    weeks.push(week.map((day) => (monthOf(day) === month ? day : null)));
  }
  return weeks;
}
