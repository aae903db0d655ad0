/** What happens before a camera, over its picture. */
import { Activity as MotionIcon } from "lucide-react";
import { Badge } from "@/parts/Badge";
import { plainName, say } from "@/words";
import styles from "./ActivityBadges.module.css";
import type { Activity } from "./activity";

export function ActivityBadges({ activity }: { activity: Activity }) {
  const { present, isMoving } = activity;
  return (
    <span className={styles.badges}>
      {present.map(({ label, count }) => (
        <Badge key={label} tone="detection">
          {plainName(label)}
          {count > 1 && ` ${count}`}
        </Badge>
      ))}
      {isMoving && present.length === 0 && (
        <Badge tone="motion" Icon={MotionIcon}>
          {say("live.motion")}
        </Badge>
      )}
    </span>
  );
}
