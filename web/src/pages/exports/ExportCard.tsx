/** One export: what it shows, how far it is, and what can be done with it. */
import { Download, Pencil, Play, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { ExportRow } from "@/api/exports";
import { Button, LinkButton } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { ExportProgress } from "@/parts/ExportProgress";
import { VideoPlayer } from "@/parts/VideoPlayer";
import { day, exactClock } from "@/time/format";
import { plainName, say } from "@/words";
import styles from "./Exports.module.css";
import { addressOfFile } from "./names";
import type { Deeds } from "./useExports";

type Open = "player" | "name" | null;

export function ExportCard({ row, rename, remove }: { row: ExportRow } & Deeds) {
  const [open, setOpen] = useState<Open>(null);
  const { name } = row;
  const file = addressOfFile(row.video_path);
  const isDone = row.state === "done";
  return (
    <li className={styles.card} aria-label={name}>
      <div className={styles.about}>
        <h2>{name}</h2>
        <p className={styles.dim}>{spanOf(row)}</p>
        <ExportProgress row={row} />
      </div>
      <div className={styles.actions}>
        {isDone && (
          <>
            <Button
              Icon={Play}
              aria-label={say("exports.play", { name })}
              onClick={() => setOpen("player")}
            />
            <LinkButton Icon={Download} href={file} download>
              {say("action.download")}
            </LinkButton>
            <Button Icon={Pencil} onClick={() => setOpen("name")}>
              {say("exports.rename")}
            </Button>
          </>
        )}
        <Button Icon={Trash2} onClick={() => remove(row)}>
          {say(row.in_progress ? "exports.stop" : "exports.delete")}
        </Button>
      </div>
      <Dialog title={name} isOpen={open === "player"} close={() => setOpen(null)} isWide>
        <VideoPlayer source={file} label={say("exports.play", { name })} />
      </Dialog>
      <Dialog
        title={say("exports.renameOf", { name })}
        isOpen={open === "name"}
        close={() => setOpen(null)}
      >
        <NameForm
          name={name}
          save={async (wanted) => {
            if (await rename(row, wanted)) setOpen(null);
          }}
        />
      </Dialog>
    </li>
  );
}

function NameForm({ name, save }: { name: string; save: (name: string) => Promise<void> }) {
  const [wanted, setWanted] = useState(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(wanted);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <label>
        {say("exports.name")}
        <input
          value={wanted}
          pattern="[A-Za-z0-9:_\-]+"
          title={say("exports.nameHint")}
          required
          onChange={(typed) => setWanted(typed.target.value)}
        />
      </label>
      <p className={styles.dim}>{say("exports.nameHint")}</p>
      <Button type="submit" tone="accent" disabled={wanted === name}>
        {say("exports.save")}
      </Button>
    </form>
  );
}

function spanOf({ camera, start_time, end_time, playback, date }: ExportRow): string {
  if (camera === null || start_time === null || end_time === null) return day(date);
  const span = say("exports.span", {
    camera: plainName(camera),
    day: day(start_time),
    from: exactClock(start_time),
    to: exactClock(end_time),
  });
  return playback === "timelapse_25x" ? `${span}; ${say("exports.fast")}` : span;
}
