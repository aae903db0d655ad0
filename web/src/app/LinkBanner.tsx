/** Says when Picket cannot be reached; asks everything anew once it can. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLink } from "@/api/useTopics";
import { Banner } from "@/parts/Banner";
import { useNow } from "@/parts/useNow";
import { exactClock } from "@/time/format";
import { say } from "@/words";

const PATIENCE_S = 2; // a reload of the server is not worth a word

export function LinkBanner() {
  const { isUp, sinceTime } = useLink();
  const queries = useQueryClient();
  const wasDown = useRef(false);
  const nowTime = useNow(1);
  useEffect(() => {
    if (isUp && wasDown.current) void queries.invalidateQueries();
    wasDown.current = !isUp;
  }, [isUp, queries]);
  if (isUp || nowTime - sinceTime < PATIENCE_S) return null;
  return (
    <Banner
      tone="alert"
      text={say("link.down", { time: exactClock(sinceTime) })}
      hint={say("link.cure")}
    />
  );
}
