/** One event: its clip and snapshot with the object's way, its key moments, and what can be done with it. */
import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { EventRow } from "@/api/events";
import { mediaTimeOf, wallTimeOf } from "@/api/playlist";
import { query } from "@/api/query";
import { Await } from "@/parts/Await";
import { Badge } from "@/parts/Badge";
import { IconButton } from "@/parts/Button";
import { day, duration, exactClock, percent } from "@/time/format";
import { plainName, say } from "@/words";
import { Actions, type Changes } from "./Actions";
import styles from "./Detail.module.css";
import { EventPicture, type View } from "./EventPicture";
import { KeyMoments } from "./KeyMoments";
import { SubLabel } from "./SubLabel";
import { trailOf } from "./trail";
import { clockQuery, sightingsQuery } from "./way";

interface EventDetailProps extends Changes {
  id: string;
  close: () => void;
  step: (by: -1 | 1) => void;
}

export function EventDetail({ id, close, step, ...changes }: EventDetailProps) {
  const event = useQuery(query("/api/events/{event_id}", { event_id: id }));
  const sheet = useRef<HTMLElement>(null);
  useEffect(() => sheet.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    const hear = (key: KeyboardEvent) => {
      if (key.key === "Escape" && !document.querySelector('[role="dialog"], [role="menu"]'))
        close();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [close]);
  return (
    <aside ref={sheet} className={styles.sheet} aria-label={say("event.label")} tabIndex={-1}>
      <header className={styles.head}>
        <h2 className={styles.title}>{event.data ? titleOf(event.data) : say("event.label")}</h2>
        <IconButton label={say("event.newer")} Icon={ArrowUp} onClick={() => step(-1)} />
        <IconButton label={say("event.older")} Icon={ArrowDown} onClick={() => step(1)} />
        <IconButton label={say("action.close")} Icon={X} onClick={close} />
      </header>
      <Await query={event}>{(value) => <Content event={value} {...changes} />}</Await>
      <p className={styles.keys}>{say("events.keys")}</p>
    </aside>
  );
}

const titleOf = (event: EventRow) =>
  `${event.sub_label ?? plainName(event.label)} · ${plainName(event.camera)}`;

function Content({ event, ...changes }: { event: EventRow } & Changes) {
  const [view, setView] = useState<View>(event.has_clip ? "clip" : "snapshot");
  const [shownTime, setShownTime] = useState<number | null>(null);
  const video = useRef<HTMLVideoElement>(null);
  const moments = useQuery(query("/api/timeline", { source_id: event.id, limit: -1 }));
  const trail = trailOf(useQuery(sightingsQuery(event.id, moments.data)).data ?? []);
  const stretches = useQuery({ ...clockQuery(event), enabled: event.has_clip }).data ?? [];
  const seek = useCallback(
    (time: number) => {
      setView("clip");
      if (video.current) video.current.currentTime = mediaTimeOf(stretches, time);
    },
    [stretches],
  );
  return (
    <>
      <EventPicture
        event={event}
        view={view}
        choose={setView}
        trail={trail}
        shownTime={shownTime}
        video={video}
        onTime={(media_s) => setShownTime(wallTimeOf(stretches, media_s))}
      />
      <Facts event={event} />
      <KeyMoments
        query={moments}
        shownTime={view === "clip" ? shownTime : null}
        seek={event.has_clip && stretches.length > 0 ? seek : null}
      />
      <SubLabel event={event} change={changes.change} />
      <Actions event={event} {...changes} />
    </>
  );
}

function Facts({ event }: { event: EventRow }) {
  const { start_time, end_time, zones, data } = event;
  return (
    <dl className={styles.facts}>
      <Fact name={say("event.began")} value={`${day(start_time)}, ${exactClock(start_time)}`} />
      <Fact
        name={say("event.length")}
        value={end_time === null ? say("events.now") : duration(end_time - start_time)}
      />
      <Fact name={say("event.score")} value={percent(data.top_score)} />
      {zones.length > 0 && (
        <Fact name={say("event.zones")} value={zones.map(plainName).join(", ")} />
      )}
      {event.false_positive && <Badge tone="detection">{say("event.isFalse")}</Badge>}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
