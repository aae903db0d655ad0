/** The newest lines of the log, filtered, followed. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { orThrow } from "@/api/answer";
import { getText } from "@/api/client";
import { Await } from "@/parts/Await";
import { say } from "@/words";
import { linesWith } from "./plots";
import styles from "./System.module.css";

const EVERY_MS = 2_000;

export function Log() {
  const [text, setText] = useState("");
  const [isFollowed, setIsFollowed] = useState(true);
  const log = useQuery({
    queryKey: ["log"],
    queryFn: async ({ signal }) => orThrow(await getText("/api/logs/picket", signal)),
    refetchInterval: isFollowed && EVERY_MS,
  });
  const lines = useMemo(() => linesWith(log.data ?? "", text), [log.data, text]);
  const end = useRef<HTMLPreElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows what is added
  useEffect(() => {
    if (isFollowed && end.current) end.current.scrollTop = end.current.scrollHeight;
  }, [lines, isFollowed]);
  return (
    <section className={styles.wide}>
      <header className={styles.row}>
        <h2>{say("system.log")}</h2>
        <label className={styles.filter}>
          {say("system.logFilter")}
          <input type="search" value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <label className={styles.filter}>
          <input
            type="checkbox"
            checked={isFollowed}
            onChange={(event) => setIsFollowed(event.target.checked)}
          />
          {say("system.logFollow")}
        </label>
      </header>
      <Await query={log}>
        {() => (
          <pre
            ref={end}
            className={styles.log}
            role="log"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
            tabIndex={0}
            aria-label={say("system.log")}
          >
            {lines.length > 0 ? lines.join("\n") : say("system.logEmpty")}
          </pre>
        )}
      </Await>
    </section>
  );
}
