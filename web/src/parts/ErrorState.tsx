/** Said where something failed: the server's own words, and the way on. */
import { RotateCw, TriangleAlert } from "lucide-react";
import type { Refused } from "@/api/answer";
import { say } from "@/words";
import { Button } from "./Button";
import styles from "./States.module.css";

interface ErrorStateProps {
  error: Refused;
  retry?: () => void;
}

export function ErrorState({ error, retry }: ErrorStateProps) {
  return (
    <div role="alert" className={styles.state}>
      <TriangleAlert aria-hidden size={32} className={styles.icon} />
      <p className={styles.title}>{say("error.title")}</p>
      <p className={styles.hint}>
        {error.status === null ? say("error.unreachable") : error.message}
      </p>
      {retry && (
        <Button Icon={RotateCw} onClick={retry}>
          {say("action.retry")}
        </Button>
      )}
    </div>
  );
}
