/** Saves the chosen range of the shown cameras as files, and shows how far that is. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Link } from "wouter";
import { tell } from "@/api/client";
import { exportsQuery } from "@/api/exports";
import { Button, IconButton } from "@/parts/Button";
import { ExportProgress } from "@/parts/ExportProgress";
import { Select } from "@/parts/Select";
import { notify } from "@/parts/toasts";
import { duration, exactClock } from "@/time/format";
import { plainName, say } from "@/words";
import type { Span } from "../timeline/scale";
import styles from "./Range.module.css";

const PLAYBACKS = ["realtime", "timelapse_25x"] as const;
const ROUTE = "/api/export/{camera}/start/{start}/end/{end}";

interface ExportBarProps {
  cameras: readonly string[];
  range: Span;
  setEdge: (edge: keyof Span) => void; // to what is shown
  close: () => void;
}

export function ExportBar({ cameras, range, setEdge, close }: ExportBarProps) {
  const [name, setName] = useState("");
  const [playback, setPlayback] = useState<(typeof PLAYBACKS)[number]>("realtime");
  const { begun, begin } = useBegun();
  const save = (submit: FormEvent) => {
    submit.preventDefault();
    const wish = { playback, name: name.trim() || null };
    for (const camera of cameras) void begin(camera, range, wish);
  };
  return (
    <section className={styles.bar} aria-label={say("range.label")}>
      <form className={styles.form} onSubmit={save}>
        <Button onClick={() => setEdge("from")}>{say("range.startHere")}</Button>
        <Button onClick={() => setEdge("to")}>{say("range.endHere")}</Button>
        <p className={styles.span}>
          {exactClock(range.from)} – {exactClock(range.to)},{" "}
          {say("range.length", { length: duration(range.to - range.from) })}
        </p>
        <input
          className={styles.name}
          aria-label={say("range.name")}
          placeholder={`${say("range.name")} (${say("range.nameHint").toLowerCase()})`}
          value={name}
          maxLength={100}
          onChange={(typed) => setName(typed.target.value)}
        />
        <Select
          label={say("range.playback")}
          value={playback}
          choices={PLAYBACKS.map((value) => ({ value, label: say(`range.${value}`) }))}
          choose={setPlayback}
        />
        <Button type="submit" tone="accent" Icon={Download}>
          {say("range.save")}
        </Button>
        <IconButton label={say("action.close")} Icon={X} onClick={close} />
      </form>
      <Begun ids={begun} />
    </section>
  );
}

interface Wish {
  playback: (typeof PLAYBACKS)[number];
  name: string | null;
}

/** Those that were asked for here. */
function useBegun() {
  const queries = useQueryClient();
  const [begun, setBegun] = useState<readonly string[]>([]);
  const begin = async (camera: string, { from, to }: Span, wish: Wish) => {
    const answer = await tell("post", ROUTE, { camera, start: from, end: to }, wish);
    if (answer.kind === "failed") {
      const values = { camera: plainName(camera), reason: answer.message };
      return notify({ tone: "alert", text: say("range.failed", values) });
    }
    if (answer.kind === "aborted") return;
    setBegun((before) => [...before, answer.value.export_id]);
    void queries.invalidateQueries({ queryKey: exportsQuery.queryKey });
  };
  return { begun, begin };
}

function Begun({ ids }: { ids: readonly string[] }) {
  const exports = useQuery({ ...exportsQuery, enabled: ids.length > 0 });
  if (ids.length === 0) return null;
  const rows = (exports.data ?? []).filter(({ id }) => ids.includes(id));
  return (
    <>
      <ul className={styles.begun}>
        {rows.map((row) => (
          <li key={row.id}>
            <span>{row.name}</span>
            <ExportProgress row={row} />
          </li>
        ))}
      </ul>
      <Link href="/exports">{say("range.all")}</Link>
    </>
  );
}
