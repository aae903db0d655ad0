/** What the object did when; a click shows it in the clip. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { Refused } from "@/api/answer";
import type { Result } from "@/api/routes";
import { Await } from "@/parts/Await";
import { Skeleton } from "@/parts/Skeleton";
import { exactClock } from "@/time/format";
import { plainName, say } from "@/words";
import styles from "./Detail.module.css";

type Moments = Result<"get", "/api/timeline">;

interface KeyMomentsProps {
  query: UseQueryResult<Moments, Refused>;
  shownTime: number | null; // of the clip, to mark what was last
  seek: ((time: number) => void) | null; // null without a clip
}

export function KeyMoments({ query, shownTime, seek }: KeyMomentsProps) {
  return (
    <section className={styles.moments}>
      <h3>{say("event.moments")}</h3>
      <Await query={query} fallback={<Skeleton height="80px" />}>
        {(moments) =>
          moments.length === 0 ? (
            <p className={styles.dim}>{say("event.noMoments")}</p>
          ) : (
            <ol>
              {moments.map((moment) => (
                <li key={`${moment.timestamp} ${moment.class_type}`}>
                  <button
                    type="button"
                    className={styles.moment}
                    disabled={seek === null}
                    aria-current={moment === lastBefore(moments, shownTime) ? "step" : undefined}
                    onClick={() => seek?.(moment.timestamp)}
                  >
                    <time>{exactClock(moment.timestamp)}</time>
                    <span>{wordsOf(moment)}</span>
                  </button>
                </li>
              ))}
            </ol>
          )
        }
      </Await>
    </section>
  );
}

function wordsOf({ class_type, data }: Moments[number]): string {
  switch (class_type) {
    case "entered_zone":
      return say("moment.entered_zone", { zones: (data.zones ?? []).map(plainName).join(", ") });
    case "attribute":
      return say("moment.attribute", { attribute: plainName(data.attribute) });
    default:
      return say(`moment.${class_type}`);
  }
}

function lastBefore(moments: Moments, time: number | null): Moments[number] | undefined {
  return time === null ? undefined : moments.findLast((moment) => moment.timestamp <= time);
}
