/** One event in the list; plays its clip while it is pointed at. */
import { Infinity as Forever } from "lucide-react";
import { memo, useEffect, useState } from "react";
import { Link } from "wouter";
import type { EventRow } from "@/api/events";
import { addressOf } from "@/api/routes";
import { Badge } from "@/parts/Badge";
import { classes } from "@/parts/classes";
import { clock, duration, percent } from "@/time/format";
import { plainName, say } from "@/words";
import styles from "./List.module.css";
import { CARD_ID } from "./useEventList";

const HESITATION_MS = 250; // who only passes over a card wants no video
const ATTEMPTS = 5;
const BETWEEN_MS = 1000;

interface EventCardProps {
  event: EventRow;
  href: string;
  isOpen: boolean;
}

export const EventCard = memo(function EventCard({ event, href, isOpen }: EventCardProps) {
  const [isPointedAt, setIsPointedAt] = useState(false);
  const { id, camera, label, sub_label, start_time, end_time } = event;
  const name = sub_label ?? plainName(label);
  return (
    <Link
      id={CARD_ID + id}
      href={href}
      className={classes(styles.card, isOpen && styles.open)}
      aria-current={isOpen ? "true" : undefined}
      onPointerEnter={(pointer) => setIsPointedAt(pointer.pointerType !== "touch")}
      onPointerLeave={() => setIsPointedAt(false)}
      onFocus={(focus) => setIsPointedAt(focus.currentTarget.matches(":focus-visible"))}
      onBlur={() => setIsPointedAt(false)}
    >
      <div className={styles.picture}>
        <Thumbnail id={id} />
        {isPointedAt && event.has_clip && <Preview id={id} />}
        <span className={styles.corner}>
          {event.retain_indefinitely && (
            <Badge tone="shade" Icon={Forever}>
              <span className={styles.spoken}>{say("events.retained")}</span>
            </Badge>
          )}
          <Badge tone={end_time === null ? "alert" : "shade"}>
            {end_time === null ? say("events.now") : duration(end_time - start_time)}
          </Badge>
        </span>
      </div>
      <div className={styles.line}>
        <strong>{name}</strong>
        <span className={styles.dim}>{percent(event.data.top_score)}</span>
      </div>
      <div className={classes(styles.line, styles.dim)}>
        <span className={styles.camera}>{plainName(camera)}</span>
        <time dateTime={new Date(start_time * 1000).toISOString()}>{clock(start_time)}</time>
      </div>
    </Link>
  );
});

/** Asked for again where there is none: that of an event that has just begun is still on its way. */
function Thumbnail({ id }: { id: string }) {
  const [attempt, setAttempt] = useState(0);
  return (
    <img
      src={addressOf("/api/events/{event_id}/thumbnail.jpg", {
        event_id: id,
        attempt: attempt || undefined,
      })}
      alt=""
      loading="lazy"
      onError={() => {
        if (attempt < ATTEMPTS) setTimeout(() => setAttempt(attempt + 1), BETWEEN_MS);
      }}
    />
  );
}

function Preview({ id }: { id: string }) {
  const [isWanted, setIsWanted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsWanted(true), HESITATION_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isWanted) return null;
  return (
    <video
      src={addressOf("/api/events/{event_id}/clip.mp4", { event_id: id })}
      aria-hidden
      muted
      autoPlay
      loop
      playsInline
    />
  );
}
