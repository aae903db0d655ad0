/** A short word in a colour that means something. */
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./Badge.module.css";
import { classes } from "./classes";

export type BadgeTone = "plain" | "alert" | "detection" | "motion" | "good" | "shade";

interface BadgeProps {
  tone?: BadgeTone; // `shade` is for pictures
  Icon?: LucideIcon;
  children: ReactNode;
}

export function Badge({ tone = "plain", Icon, children }: BadgeProps) {
  return (
    <span className={classes(styles.badge, styles[tone])}>
      {Icon && <Icon aria-hidden size={12} />}
      {children}
    </span>
  );
}
