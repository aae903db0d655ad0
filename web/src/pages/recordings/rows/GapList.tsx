/** The gaps of the day as a list: each leads to what was before it. */
import { exactClock } from "@/time/format";
import { plainName, say } from "@/words";
import type { Row } from "./describe";
import styles from "./GapList.module.css";

interface GapListProps {
  rows: readonly Row[];
  show: (time: number) => void;
}

const BEFORE_S = 5;

export function GapList({ rows, show }: GapListProps) {
  const gaps = rows.flatMap((row) => row.gaps).sort((a, b) => a.start_time - b.start_time);
  if (gaps.length === 0) return <p className={styles.none}>{say("timeline.noGaps")}</p>;
  return (
    <details className={styles.list}>
      <summary>{say("timeline.list", { count: gaps.length })}</summary>
      <ul>
        {gaps.map(({ id, camera, start_time, end_time, reason }) => (
          <li key={id}>
            <button type="button" onClick={() => show(start_time - BEFORE_S)}>
              {say("timeline.gapRow", {
                camera: plainName(camera),
                from: exactClock(start_time),
                to: end_time === null ? say("recordings.now") : exactClock(end_time),
                reason: say(`gap.${reason}`),
              })}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
