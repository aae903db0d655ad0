/** Registers the service worker, and says when a newer page than this one is there. */
import { useEffect, useState } from "react";
import { Banner } from "@/parts/Banner";
import { Button } from "@/parts/Button";
import { say } from "@/words";
import styles from "./Shell.module.css";

export function UpdateBanner() {
  const [isOld, setIsOld] = useState(false);
  useEffect(() => {
    if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
    const { serviceWorker } = navigator;
    const hadOne = serviceWorker.controller !== null; // the first one takes over nobody's page
    const changed = () => setIsOld((before) => before || hadOne);
    serviceWorker.addEventListener("controllerchange", changed);
    serviceWorker.register("/sw.js").catch(() => {}); // without it all works but being away
    return () => serviceWorker.removeEventListener("controllerchange", changed);
  }, []);
  if (!isOld) return null;
  return (
    <div className={styles.update}>
      <Banner tone="detection" text={say("update.there")} />
      <Button onClick={() => location.reload()}>{say("action.reload")}</Button>
    </div>
  );
}
