/** How full the disk is, and for how long there is room. */
import { useQuery } from "@tanstack/react-query";
import { query } from "@/api/query";
import type { Stats } from "@/api/stats";
import { Await } from "@/parts/Await";
import { Skeleton } from "@/parts/Skeleton";
import { plainName, say } from "@/words";
import { mebibytes } from "./amounts";
import styles from "./System.module.css";

const RECORDINGS = "/media/frigate/recordings"; // the name that every client of this API knows

export function Storage({ stats }: { stats: Stats }) {
  const forecast = useQuery(query("/api/recordings/forecast", {}));
  const volume = stats.service.storage[RECORDINGS];
  return (
    <section className={styles.card}>
      <h2>{say("system.storage")}</h2>
      {volume?.total !== undefined && (
        <label className={styles.volume}>
          {say("system.used", { used: mebibytes(volume.used), total: mebibytes(volume.total) })}
          <meter min={0} max={volume.total} high={volume.total * 0.9} value={volume.used} />
        </label>
      )}
      <Await query={forecast} fallback={<Skeleton height="60px" />}>
        {({ days_left, cameras }) => (
          <>
            <p>
              {days_left === null
                ? say("system.noDays")
                : say("system.daysLeft", { count: days_left })}
            </p>
            <ul className={styles.list}>
              {Object.entries(cameras).map(([name, bandwidth]) => (
                <li key={name} className={styles.row}>
                  <span>{plainName(name)}</span>
                  <span className={styles.dim}>
                    {say("system.writes", { bandwidth: mebibytes(bandwidth) })}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Await>
    </section>
  );
}
