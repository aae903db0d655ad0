/** The ways to the parts of the settings. */
import { Link, useLocation } from "wouter";
import { say } from "@/words";
import styles from "./Settings.module.css";

const SECTIONS = [
  ["/settings/cameras", "settings.cameras"],
  ["/settings/add-camera", "settings.add"],
  ["/settings/motion", "settings.motion"],
  ["/settings/shapes", "settings.shapes"],
  ["/settings/config", "settings.config"],
  ["/settings/device", "settings.device"],
] as const;

/** On a phone the row is wider than the screen. */
function intoView(link: HTMLAnchorElement | null): void {
  link?.scrollIntoView({ block: "nearest", inline: "center" });
}

export function Sections() {
  const [location] = useLocation();
  return (
    <nav aria-label={say("settings.sections")} className={styles.sections}>
      {SECTIONS.map(([path, name]) => (
        <Link
          key={path}
          href={path}
          className={styles.section}
          ref={location.startsWith(path) ? intoView : null}
          aria-current={location.startsWith(path) ? "page" : undefined}
        >
          {say(name)}
        </Link>
      ))}
    </nav>
  );
}
