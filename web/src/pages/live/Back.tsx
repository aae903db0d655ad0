/** The way back to all cameras: a link, and the Escape key. */
import { ArrowLeft } from "lucide-react";
import { useEffect } from "react";
import { Link, useLocation } from "wouter";
import { say } from "@/words";
import styles from "./Back.module.css";

export function Back() {
  const [, go] = useLocation();
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.fullscreenElement) {
        go("/live");
      }
    };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, [go]);
  return (
    <Link href="/live" className={styles.back} aria-label={say("live.back")}>
      <ArrowLeft aria-hidden size={20} />
    </Link>
  );
}
