/** What is missing of the last day, and why. */
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { query } from "@/api/query";
import { addressOf, type Result } from "@/api/routes";
import { duration, exactClock } from "@/time/format";
import { plainName, say } from "@/words";
import styles from "./System.module.css";

const DAY_S = 86_400;
const MOST_SHOWN = 100;

type Gap = Result<"get", "/api/{camera}/gaps">[number];

export function Gaps({ cameras }: { cameras: readonly string[] }) {
  const [after] = useState(() => Math.floor(Date.now() / 1000) - DAY_S);
  const answers = useQueries({
    queries: cameras.map((camera) => query("/api/{camera}/gaps", { camera, after })),
  });
  const gaps = answers
    .flatMap((answer) => answer.data ?? [])
    .sort((a, b) => b.start_time - a.start_time)
    .slice(0, MOST_SHOWN);
  const isKnown = answers.every((answer) => answer.data !== undefined);
  return (
    <section className={styles.card}>
      <h2>{say("system.gaps")}</h2>
      {gaps.length === 0 && isKnown && <p className={styles.dim}>{say("system.noGaps")}</p>}
      <ul className={styles.list}>
        {gaps.map((gap) => (
          <GapRow key={gap.id} gap={gap} />
        ))}
      </ul>
    </section>
  );
}

function GapRow({ gap }: { gap: Gap }) {
  const { camera, start_time, end_time, reason, detail } = gap;
  return (
    <li className={styles.row}>
      <div>
        <Link href={addressOf("/recordings", { camera, time: Math.floor(start_time) })}>
          {plainName(camera)}, {exactClock(start_time)}
        </Link>
        <p className={styles.dim}>
          {say(`gap.${reason}`)}
          {detail !== "" && `: ${detail}`}
        </p>
      </div>
      <span className={styles.dim}>
        {end_time === null ? say("system.gapNow") : duration(end_time - start_time)}
      </span>
    </li>
  );
}
