/** "3 min ago", kept true; the exact time under the pointer. */
import { ago, day, exactClock } from "@/time/format";
import { useNow } from "./useNow";

export function TimeAgo({ time }: { time: number }) {
  const nowTime = useNow(10);
  return (
    <time
      dateTime={new Date(time * 1000).toISOString()}
      title={`${day(time)}, ${exactClock(time)}`}
    >
      {ago(time, nowTime)}
    </time>
  );
}
