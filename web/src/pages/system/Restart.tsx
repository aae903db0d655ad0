/** Ends the program and starts it again, after a question. */
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { tell } from "@/api/client";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { notify } from "@/parts/toasts";
import { say } from "@/words";
import styles from "./System.module.css";

export function Restart() {
  const [isAsking, setIsAsking] = useState(false);
  const restart = async () => {
    setIsAsking(false);
    const answer = await tell("post", "/api/restart", {});
    if (answer.kind === "failed") {
      notify({ tone: "alert", text: say("system.restartFailed", { reason: answer.message }) });
    } else notify({ text: say("system.restarting") });
  };
  return (
    <>
      <Button Icon={RotateCcw} onClick={() => setIsAsking(true)}>
        {say("system.restart")}
      </Button>
      <Dialog
        title={say("system.restartAsk")}
        description={say("system.restartHint")}
        isOpen={isAsking}
        close={() => setIsAsking(false)}
      >
        <div className={styles.answers}>
          <Button onClick={() => setIsAsking(false)}>{say("action.cancel")}</Button>
          <Button tone="alert" onClick={() => void restart()}>
            {say("system.restart")}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
