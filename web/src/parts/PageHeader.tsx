/** The first line of every page: its name, also in the tab, and what can be done with all of it. */
import type { ReactNode } from "react";
import { say } from "@/words";
import styles from "./PageHeader.module.css";
import { ThemeSwitch } from "./ThemeSwitch";

interface PageHeaderProps {
  title: string;
  before?: ReactNode; // such as a way back
  children?: ReactNode;
}

export function PageHeader({ title, before, children }: PageHeaderProps) {
  return (
    <header className={styles.header}>
      <title>{`${title} · ${say("app.name")}`}</title>
      {before}
      <h1 className={styles.title}>{title}</h1>
      <div className={styles.actions}>{children}</div>
      <div className={styles.phone}>
        <ThemeSwitch />
      </div>
    </header>
  );
}
