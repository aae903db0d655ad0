/** The place of something that is still on its way. */
import { say } from "@/words";
import styles from "./Skeleton.module.css";

interface SkeletonProps {
  height?: string; // any CSS length
  ratio?: string; // "16 / 9" in place of a height
}

export function Skeleton({ height, ratio }: SkeletonProps) {
  return (
    <div
      role="status"
      aria-label={say("state.loading")}
      className={styles.skeleton}
      style={ratio === undefined ? { height } : { aspectRatio: ratio }}
    />
  );
}
