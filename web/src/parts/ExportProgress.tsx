/** How far an export is, or what became of it. */
import type { ExportRow } from "@/api/exports";
import { bytes, percent } from "@/time/format";
import { say } from "@/words";
import styles from "./ExportProgress.module.css";

export function ExportProgress({ row }: { row: ExportRow }) {
  const { state, progress, size, error, name } = row;
  switch (state) {
    case "queued":
    case "running":
      return (
        <span className={styles.running}>
          <progress aria-label={name} max={1} value={progress} />
          {state === "queued" ? say("export.queued") : percent(progress)}
        </span>
      );
    case "done":
      return <span>{size === null ? say("export.done") : bytes(size)}</span>;
    case "failed":
      return <span className={styles.failed}>{say("export.failed", { reason: error })}</span>;
    case "cancelled":
      return <span>{say("export.cancelled")}</span>;
  }
}
