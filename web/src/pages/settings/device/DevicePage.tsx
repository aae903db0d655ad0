/** What belongs to this browser: the page as an app, and messages. */
import { useQuery } from "@tanstack/react-query";
import { Bell, BellOff, Download } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Await } from "@/parts/Await";
import { Button } from "@/parts/Button";
import { install, installing, isInstalled } from "@/parts/installing";
import { notify } from "@/parts/toasts";
import { say } from "@/words";
import styles from "./Device.module.css";
import { type PushState, pushState, sendTest, turnOff, turnOn } from "./push";

export function DevicePage() {
  const state = useQuery({ queryKey: ["push"], queryFn: pushState, staleTime: 0 });
  return (
    <div className={styles.page}>
      <Installing />
      <section className={styles.part}>
        <h2>{say("device.messages")}</h2>
        <Await query={state}>
          {(value) => <Messages state={value} changed={() => void state.refetch()} />}
        </Await>
      </section>
    </div>
  );
}

function Installing() {
  const isOffered = useSyncExternalStore(installing.listen, installing.isOffered);
  const isDone = isInstalled();
  return (
    <section className={styles.part}>
      <h2>{say("device.install")}</h2>
      <p className={styles.hint}>
        {say(
          isDone ? "device.installed" : isOffered ? "device.installHint" : "device.installByMenu",
        )}
      </p>
      {isOffered && (
        <Button tone="accent" Icon={Download} onClick={() => void install()}>
          {say("device.installNow")}
        </Button>
      )}
    </section>
  );
}

interface MessagesProps {
  state: PushState;
  changed: () => void;
}

function Messages({ state, changed }: MessagesProps) {
  const act = async (action: () => Promise<string | null>) => {
    const problem = await action();
    if (problem !== null)
      notify({ tone: "alert", text: say("device.failed", { reason: problem }) });
    changed();
  };
  switch (state.kind) {
    case "impossible":
      return <p className={styles.hint}>{say("device.impossible")}</p>;
    case "unset":
      return <p className={styles.hint}>{say("device.unset", { reason: state.reason })}</p>;
    case "forbidden":
      return <p className={styles.hint}>{say("device.forbidden")}</p>;
    case "off":
      return (
        <>
          <p className={styles.hint}>{say("device.off")}</p>
          <Button tone="accent" Icon={Bell} onClick={() => void act(() => turnOn(thisDevice()))}>
            {say("device.turnOn")}
          </Button>
        </>
      );
    case "on":
      return (
        <>
          <p className={styles.hint}>{say("device.on")}</p>
          <div className={styles.actions}>
            <Button onClick={() => void sendTest().then((text) => notify({ text }))}>
              {say("device.test")}
            </Button>
            <Button Icon={BellOff} onClick={() => void act(turnOff)}>
              {say("device.turnOff")}
            </Button>
          </div>
        </>
      );
  }
}

/** Words to know the device again by, from what the browser says of itself. */
function thisDevice(): string {
  return /\(([^)]*)\)/.exec(navigator.userAgent)?.[1]?.slice(0, 100) ?? "";
}
