/** Registers the service worker, and says when a newer page than this one is there. */
import { useEffect, useState } from "react";
import { Banner } from "@/parts/Banner";
import { Button } from "@/parts/Button";
import { say } from "@/words";
import styles from "./Shell.module.css";

/** What of a ServiceWorkerContainer is used; a test hands in its own. */
type Workers = EventTarget & {
  controller: unknown; // null while none stands before this page
  register(address: string): Promise<unknown>;
};

/** None while the page is built anew on every change, nor without HTTPS. */
function workersHere(): Workers | null {
  return import.meta.env.PROD && "serviceWorker" in navigator ? navigator.serviceWorker : null;
}

export function UpdateBanner({ workers = workersHere() }: { workers?: Workers | null }) {
  const [isOld, setIsOld] = useState(false);
  useEffect(() => {
    if (workers === null) return;
    const hadOne = workers.controller !== null; // the first one takes over nobody's page
    const changed = () => setIsOld((before) => before || hadOne);
    workers.addEventListener("controllerchange", changed);
    workers.register("/sw.js").catch(() => {}); // without it all works but being away
    return () => workers.removeEventListener("controllerchange", changed);
  }, [workers]);
  if (!isOld) return null;
  return (
    <div className={styles.update}>
      <Banner tone="detection" text={say("update.there")} />
      <Button onClick={() => location.reload()}>{say("action.reload")}</Button>
    </div>
  );
}
