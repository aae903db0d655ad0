/** What is wrong with the text, each with the way to its line. */
import type { Problem } from "@/api/answer";
import { say } from "@/words";
import styles from "./Config.module.css";

interface ProblemsProps {
  problems: readonly Problem[] | null;
  isChanged: boolean;
  goTo: (line: number) => void;
}

export function Problems({ problems, isChanged, goTo }: ProblemsProps) {
  return (
    <div className={styles.problems} role="status">
      {problems === null && <p>{say("config.checking")}</p>}
      {problems?.length === 0 && <p>{say(isChanged ? "config.good" : "config.unchanged")}</p>}
      {problems !== null && problems.length > 0 && (
        <ul>
          {problems.map((problem) => (
            <li key={`${problem.line}/${problem.key}/${problem.message}`}>
              <Line problem={problem} goTo={goTo} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Line({ problem, goTo }: { problem: Problem; goTo: (line: number) => void }) {
  const { line, key, message } = problem;
  const text = key === "" ? message : `${key}: ${message}`;
  if (line === 0) return <p>{text}</p>;
  return (
    <button type="button" className={styles.problem} onClick={() => goTo(line)}>
      <strong>{say("config.line", { line })}</strong> {text}
    </button>
  );
}
