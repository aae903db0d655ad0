/** The last things that a camera saw. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { query } from "@/api/query";
import { addressOf } from "@/api/routes";
import { Await } from "@/parts/Await";
import { TimeAgo } from "@/parts/TimeAgo";
import { plainName, say } from "@/words";
import styles from "./RecentEvents.module.css";

const SHOWN = 12;

interface Seen {
  id: string;
  label: string;
  sub_label?: string | null;
  start_time: number;
  end_time?: number | null;
}

export function RecentEvents({ camera }: { camera: string }) {
  const args = { camera, limit: SHOWN, include_thumbnails: 0 } as const;
  const events = useQuery(query("/api/events", args));
  const all = `/events?cameras=${encodeURIComponent(camera)}`;
  return (
    <section aria-label={say("live.recent")} className={styles.recent}>
      <header className={styles.head}>
        <h2>{say("live.recent")}</h2>
        <Link href={all}>{say("live.allEvents")}</Link>
      </header>
      <Await query={events}>
        {(found) =>
          found.length === 0 ? (
            <p className={styles.none}>{say("live.noRecent")}</p>
          ) : (
            <ul className={styles.strip}>
              {found.map((event) => (
                <li key={event.id}>
                  <One event={event} />
                </li>
              ))}
            </ul>
          )
        }
      </Await>
    </section>
  );
}

function One({ event }: { event: Seen }) {
  const { id, label, sub_label, start_time, end_time } = event;
  return (
    <Link href={`/events/${encodeURIComponent(id)}`} className={styles.event}>
      <img
        className={styles.picture}
        src={addressOf("/api/events/{id}/thumbnail.jpg", { id })}
        alt=""
        loading="lazy"
      />
      <span className={styles.name}>{plainName(sub_label ?? label)}</span>
      <span className={styles.time}>
        {end_time === null ? say("live.running") : <TimeAgo time={start_time} />}
      </span>
    </Link>
  );
}
