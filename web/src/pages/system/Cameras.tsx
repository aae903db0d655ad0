/** How each camera is doing. */
import type { History } from "@/api/history";
import type { CameraStats, Stats } from "@/api/stats";
import { Badge, type BadgeTone } from "@/parts/Badge";
import { exactClock } from "@/time/format";
import { plainName, say } from "@/words";
import { decimal } from "./amounts";
import { newestOf } from "./plots";
import { Sparkline } from "./Sparkline";
import styles from "./System.module.css";

interface CamerasProps {
  stats: Stats;
  history: History | undefined;
}

export function Cameras({ stats, history }: CamerasProps) {
  const cameras = Object.entries(stats.cameras);
  return (
    <section className={styles.card}>
      <h2>{say("system.cameras")}</h2>
      {cameras.length === 0 ? (
        <p className={styles.dim}>{say("system.noCameras")}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <div className={styles.scroll} tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{say("system.camera")}</th>
                <th scope="col">{say("system.state")}</th>
                <th scope="col">{say("system.fps")}</th>
                <th scope="col">{say("system.skipped")}</th>
                <th scope="col">{say("system.looks")}</th>
                <th scope="col" title={say("system.cpuHint")}>
                  {say("system.cpu")}
                </th>
                <th scope="col">{say("system.reconnects")}</th>
              </tr>
            </thead>
            <tbody>
              {cameras.map(([name, camera]) => (
                <Row key={name} name={name} camera={camera} series={history?.cameras[name]} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface RowProps {
  name: string;
  camera: CameraStats;
  series: History["cameras"][string] | undefined;
}

function Row({ name, camera, series }: RowProps) {
  const cpu = newestOf(series?.["cpu"]);
  return (
    <tr>
      <th scope="row">{plainName(name)}</th>
      <td>
        <State camera={camera} />
      </td>
      <td>
        <span className={styles.figure}>{decimal(camera.camera_fps)}</span>
        <Sparkline name={say("system.fps")} values={series?.["fps"]} show={decimal} />
      </td>
      <td>
        <span className={styles.figure}>{decimal(camera.skipped_fps)}</span>
        <Sparkline name={say("system.skipped")} values={series?.["skipped"]} show={decimal} />
      </td>
      <td>{decimal(camera.detection_fps)}</td>
      <td>
        <span className={styles.figure}>{cpu === null ? "–" : `${decimal(cpu)} %`}</span>
        <Sparkline name={say("system.cpu")} values={series?.["cpu"]} show={decimal} />
      </td>
      <td>{camera.reconnects}</td>
    </tr>
  );
}

const TONES: Record<CameraStats["state"], BadgeTone> = {
  online: "good",
  connecting: "detection",
  offline: "alert",
  disabled: "plain",
};

function State({ camera }: { camera: CameraStats }) {
  const { state, state_since, state_detail } = camera;
  return (
    <>
      <Badge tone={TONES[state]}>
        {state === "offline"
          ? say("state.offline", { time: exactClock(state_since) })
          : say(`state.${state}`)}
      </Badge>
      {state_detail !== "" && state !== "online" && <p className={styles.dim}>{state_detail}</p>}
      {camera.is_blind && (
        <p className={styles.dim}>
          {say("state.blind", {
            time: exactClock(camera.blind_since),
            reason: camera.blind_reason,
          })}
        </p>
      )}
    </>
  );
}
