/** A line over the page that tells of a state, with its cure. */
import { TriangleAlert } from "lucide-react";
import styles from "./Banner.module.css";
import { classes } from "./classes";

interface BannerProps {
  tone: "alert" | "detection";
  text: string;
  hint?: string;
}

export function Banner({ tone, text, hint }: BannerProps) {
  return (
    <div role="status" className={classes(styles.banner, styles[tone])}>
      <TriangleAlert aria-hidden size={18} />
      <p>
        <strong>{text}</strong> {hint}
      </p>
    </div>
  );
}
