/** One camera of the grid: its picture, its name and what happens there. */
import { Link } from "wouter";
import { Badge } from "@/parts/Badge";
import { classes } from "@/parts/classes";
import { LiveVideo } from "@/parts/live/LiveVideo";
import { plainName, say } from "@/words";
import { ActivityBadges } from "../ActivityBadges";
import { type Activity, useActivity } from "../activity";
import styles from "./CameraTile.module.css";

const STILL_HEIGHT_PX = 360;

export function CameraTile({ name }: { name: string }) {
  const activity = useActivity(name);
  const { present, isMoving } = activity;
  const stirs = isMoving && (present.length > 0 ? styles.seen : styles.moving);
  return (
    <article className={classes(styles.tile, stirs)}>
      <LiveVideo camera={name} stream="sub" height_px={STILL_HEIGHT_PX} />
      <Link
        href={`/live/${encodeURIComponent(name)}`}
        className={styles.link}
        aria-label={describe(name, activity)}
      />
      <div className={styles.line} aria-hidden>
        <Badge tone="shade">{plainName(name)}</Badge>
        <ActivityBadges activity={activity} />
      </div>
    </article>
  );
}

/** The tile in words. */
export function describe(name: string, { present, isMoving }: Activity): string {
  const parts = present.map(({ label, count }) => `${count} ${plainName(label)}`);
  if (isMoving) parts.push(say("live.motion"));
  return [say("live.open", { camera: plainName(name) }), ...parts].join(", ");
}
