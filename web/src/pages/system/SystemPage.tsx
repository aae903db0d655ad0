/** The page System: how the program, its cameras and the disk are doing. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { historyQuery } from "@/api/history";
import { type Stats, statsQuery } from "@/api/stats";
import { useMessages } from "@/api/useTopics";
import { Await } from "@/parts/Await";
import { PageHeader } from "@/parts/PageHeader";
import { duration } from "@/time/format";
import { say } from "@/words";
import { Cameras } from "./Cameras";
import { Engines } from "./Engines";
import { Gaps } from "./Gaps";
import { Log } from "./Log";
import { Restart } from "./Restart";
import { Storage } from "./Storage";
import styles from "./System.module.css";

const EVERY_MS = 5_000;

export function SystemPage() {
  const stats = useQuery({ ...statsQuery, refetchInterval: EVERY_MS });
  const history = useQuery(historyQuery(stats.data?.service.uptime ?? 0)).data;
  const queries = useQueryClient();
  useMessages("stats", (told) =>
    queries.setQueryData(statsQuery.queryKey, JSON.parse(String(told)) as Stats),
  );
  return (
    <>
      <PageHeader title={say("system.title")}>
        <Restart />
      </PageHeader>
      <Await query={stats}>
        {(now) => (
          <>
            <p className={styles.dim}>
              {say("system.version", {
                version: now.service.version,
                uptime: duration(now.service.uptime),
              })}
            </p>
            <div className={styles.page}>
              <Cameras stats={now} history={history} />
              <Engines stats={now} history={history} />
              <Storage stats={now} />
              <Gaps cameras={Object.keys(now.cameras)} />
              <Log />
            </div>
          </>
        )}
      </Await>
    </>
  );
}
