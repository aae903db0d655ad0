/** Said where nothing is to be shown: what that means and what to do. */
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./States.module.css";

interface EmptyStateProps {
  title: string;
  hint?: string;
  Icon?: LucideIcon;
  action?: ReactNode;
}

export function EmptyState({ title, hint, Icon, action }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      {Icon && <Icon aria-hidden size={32} className={styles.icon} />}
      <p className={styles.title}>{title}</p>
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      {action}
    </div>
  );
}
