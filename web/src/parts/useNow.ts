/** The time, again and again. */
import { useEffect, useState } from "react";

/** Unix seconds; a component that calls this is drawn anew every so many seconds. */
export function useNow(every_s: number): number {
  const [nowTime, setNowTime] = useState(() => Date.now() / 1000);
  useEffect(() => {
    const timer = setInterval(() => setNowTime(Date.now() / 1000), every_s * 1000);
    return () => clearInterval(timer);
  }, [every_s]);
  return nowTime;
}
