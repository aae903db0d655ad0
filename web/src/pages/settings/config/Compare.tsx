/** What saving would change, and the two ways to save. */
import { useEffect, useRef, useState } from "react";
import type { Problem } from "@/api/answer";
import { saveFile } from "@/api/changeConfig";
import { cameBack } from "@/api/comeBack";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { notify } from "@/parts/toasts";
import { say } from "@/words";
import styles from "./Config.module.css";
import { problemsOf } from "./useEditor";

const PATIENCE_MS = 120_000; // until a restart is thought to have failed

interface CompareProps {
  isOpen: boolean;
  before: string;
  after: string;
  close: () => void;
  refused: (problems: readonly Problem[]) => void;
  saved: () => void;
}

export function Compare({ isOpen, before, after, close, refused, saved }: CompareProps) {
  const [busy, setBusy] = useState<"no" | "saving" | "restarting">("no");
  const save = async (andRestart: boolean) => {
    setBusy(andRestart ? "restarting" : "saving");
    const back = andRestart ? cameBack(PATIENCE_MS) : Promise.resolve(true);
    const answer = await saveFile(after, andRestart);
    if (answer.kind === "ok") {
      if (!(await back)) notify({ tone: "alert", text: say("settings.notBack") });
      else notify({ text: andRestart ? say("settings.back") : answer.value.message });
      saved();
    } else if (answer.kind === "failed") refused(problemsOf(answer));
    setBusy("no");
    close();
  };
  return (
    <Dialog title={say("config.compare")} isOpen={isOpen} close={close} isWide>
      <Difference before={before} after={after} />
      <p className={styles.hint} role="status">
        {busy === "restarting" ? say("settings.restarting") : say("config.compareHint")}
      </p>
      <div className={styles.answers}>
        <Button onClick={close} disabled={busy !== "no"}>
          {say("action.cancel")}
        </Button>
        <Button onClick={() => void save(true)} disabled={busy !== "no"}>
          {say("config.saveRestart")}
        </Button>
        <Button tone="accent" onClick={() => void save(false)} disabled={busy !== "no"}>
          {say("config.save")}
        </Button>
      </div>
    </Dialog>
  );
}

function Difference({ before, after }: { before: string; after: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let end = () => {};
    let isGone = false;
    void import("./editor").then(({ openDifference }) => {
      if (isGone || host.current === null) return;
      end = openDifference(host.current, say("config.compare"), before, after);
    });
    return () => {
      isGone = true;
      end();
    };
  }, [before, after]);
  return <div ref={host} className={styles.difference} />;
}
