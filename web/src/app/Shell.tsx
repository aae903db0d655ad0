/** What is around every page: the navigation, and word of a lost connection. */
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { Link, useLocation } from "wouter";
import { clockStyleOf, configQuery } from "@/api/config";
import { ThemeSwitch } from "@/parts/ThemeSwitch";
import { setClockStyle } from "@/time/format";
import { say } from "@/words";
import { LinkBanner } from "./LinkBanner";
import { PAGES } from "./pages";
import styles from "./Shell.module.css";
import { UpdateBanner } from "./UpdateBanner";

export function Shell({ children }: { children: ReactNode }) {
  const { data: config } = useQuery(configQuery);
  useEffect(() => setClockStyle(config ? clockStyleOf(config) : {}), [config]);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {say("app.skip")}
      </a>
      <Navigation />
      <main id="content" className={styles.main} tabIndex={-1}>
        <UpdateBanner />
        <LinkBanner />
        {children}
      </main>
    </div>
  );
}

function Navigation() {
  const [location] = useLocation();
  return (
    <nav className={styles.nav} aria-label={say("nav.label")}>
      <img className={styles.mark} src="/icon.svg" alt={say("app.name")} />
      <ul className={styles.list}>
        {PAGES.map(({ name, path, Icon }) => (
          <li key={path}>
            <Link
              href={path}
              className={styles.link}
              aria-current={isWithin(location, path) ? "page" : undefined}
            >
              <Icon aria-hidden size={20} />
              <span>{say(name)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <div className={styles.foot}>
        <ThemeSwitch />
      </div>
    </nav>
  );
}

/** Whether a location belongs to the page of that path. */
export function isWithin(location: string, path: string): boolean {
  return location === path || location.startsWith(`${path}/`);
}
