/** What the timelines draw, asked for each camera; and where footage goes on behind what is loaded. */
import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { query } from "@/api/query";
import { type DayName, startOfDay } from "@/time/days";
import { startsBehind } from "../player/footage";
import type { Span } from "../timeline/scale";
import type { Row } from "./describe";

const MINUTE_S = 60;
const GROWS_MS = 15_000; // how often a day that is not over is asked for again
const MOST_EVENTS = 2000; // of a day

/** The day of each camera, in minutes. */
export function useRows(cameras: readonly string[], day: Span): Row[] {
  const span = { after: day.from, before: day.to };
  const growing = {
    refetchInterval: () => (Date.now() / 1000 < day.to ? GROWS_MS : (false as const)),
  };
  const activities = useQueries({
    queries: cameras.map((camera) => ({
      ...query("/api/{camera}/activity", { camera, ...span, step: MINUTE_S }),
      ...growing,
    })),
  });
  const gaps = useQueries({
    queries: cameras.map((camera) => ({
      ...query("/api/{camera}/gaps", { camera, ...span }),
      ...growing,
    })),
  });
  const wanted = { ...span, limit: MOST_EVENTS, include_thumbnails: 0 } as const;
  const events = useQueries({
    queries: cameras.map((camera) => ({
      ...query("/api/events", { camera, ...wanted }),
      ...growing,
    })),
  });
  return cameras.map((camera, index) => ({
    camera,
    activity: activities[index]?.data ?? null,
    gaps: gaps[index]?.data ?? [],
    events: events[index]?.data ?? [],
  }));
}

const CLOSE_S = 3 * 3600;
const CLOSE_STEP_S = 5;

/** The same in steps of seconds, once a close look needs them and they are there. */
export function useCloseRows(rows: readonly Row[], view: Span, day: Span): Row[] {
  const isClose = view.to - view.from <= CLOSE_S;
  const after = Math.max(Math.floor(view.from / 3600) * 3600, day.from);
  const before = Math.min(Math.ceil(view.to / 3600) * 3600, day.to);
  const details = useQueries({
    queries: rows.map(({ camera }) => ({
      ...query("/api/{camera}/activity", { camera, after, before, step: CLOSE_STEP_S }),
      enabled: isClose,
      refetchInterval: () => (Date.now() / 1000 < before ? GROWS_MS : (false as const)),
    })),
  });
  return rows.map((row, index) => {
    const detail = isClose ? details[index]?.data : undefined;
    return detail ? { ...row, activity: detail } : row;
  });
}

/** Days with footage of any of the cameras, in order. */
export function useDaysWithFootage(cameras: readonly string[], zone: string): DayName[] {
  const answers = useQueries({
    queries: cameras.map((camera) =>
      query("/api/{camera}/recordings/summary", { camera, timezone: zone }),
    ),
  });
  const days = answers.flatMap((answer) => (answer.data ?? []).map(({ day }) => day));
  return [...new Set(days)].sort();
}

/** Where a camera's footage goes on behind a window: on its day by minutes, then by days. Null while asked for. */
export function useLaterStarts(row: Row, day: Span, days: readonly DayName[], zone: string) {
  const { activity } = row;
  const joined = days.join();
  return useMemo(() => {
    if (activity === null) return null;
    const later = joined
      .split(",")
      .filter((each) => each !== "")
      .map((each) => startOfDay(each, zone))
      .filter((start) => start >= day.to);
    return (windowTo: number) => [
      ...startsBehind(activity.recorded, activity.start, activity.step, windowTo),
      ...later.filter((start) => start >= windowTo),
    ];
  }, [activity, day.to, joined, zone]);
}
