/** What the detectors and the processes take. */
import type { History } from "@/api/history";
import type { Stats } from "@/api/stats";
import { say } from "@/words";
import { decimal, mebibytes } from "./amounts";
import { newestOf } from "./plots";
import { Sparkline } from "./Sparkline";
import styles from "./System.module.css";

interface EnginesProps {
  stats: Stats;
  history: History | undefined;
}

export function Engines({ stats, history }: EnginesProps) {
  return (
    <section className={styles.card}>
      <h2>{say("system.engines")}</h2>
      <ul className={styles.list}>
        {Object.entries(stats.detectors).map(([name, detector]) => (
          <li key={name} className={styles.row}>
            <div>
              {say("system.detector", { name, speed: decimal(detector.inference_speed) })}
              <p className={styles.dim}>
                {detector.model} · {detector.runs}
              </p>
            </div>
            <Sparkline
              name={name}
              values={history?.detectors[name]?.["ms"]}
              show={(ms) => `${decimal(ms)} ms`}
            />
          </li>
        ))}
      </ul>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <div className={styles.scroll} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{say("system.process")}</th>
              <th scope="col">{say("system.cpu")}</th>
              <th scope="col">{say("system.memory")}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(history?.processes ?? {}).map(([role, series]) => (
              <tr key={role}>
                <th scope="row">{role}</th>
                <td>
                  <span className={styles.figure}>{decimal(newestOf(series["cpu"]) ?? 0)} %</span>
                  <Sparkline name={say("system.cpu")} values={series["cpu"]} show={decimal} />
                </td>
                <td>
                  <span className={styles.figure}>
                    {mebibytes(newestOf(series["memory"]) ?? 0)}
                  </span>
                  <Sparkline
                    name={say("system.memory")}
                    values={series["memory"]}
                    show={mebibytes}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
