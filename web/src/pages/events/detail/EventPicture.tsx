/** The clip or the snapshot, with the object's way drawn over it. */
import { Route } from "lucide-react";
import { type RefObject, useState } from "react";
import type { EventRow } from "@/api/events";
import { addressOf } from "@/api/routes";
import { Button } from "@/parts/Button";
import { VideoPlayer } from "@/parts/VideoPlayer";
import { plainName, say } from "@/words";
import styles from "./Detail.module.css";
import { type Point, pointAt, polyline } from "./trail";

export type View = "clip" | "snapshot";

interface EventPictureProps {
  event: EventRow;
  view: View;
  choose: (view: View) => void;
  trail: readonly Point[];
  shownTime: number | null; // what the clip shows
  video: RefObject<HTMLVideoElement | null>;
  onTime: (media_s: number) => void;
}

export function EventPicture(props: EventPictureProps) {
  const { event, view, choose, trail, shownTime, video, onTime } = props;
  const [isTrailShown, setIsTrailShown] = useState(true);
  const [ratio, setRatio] = useState(16 / 9);
  const names = { label: plainName(event.label), camera: plainName(event.camera) };
  const address = { event_id: event.id };
  return (
    <figure>
      <div className={styles.picture} style={{ aspectRatio: ratio }}>
        {view === "clip" ? (
          <VideoPlayer
            source={addressOf("/api/events/{event_id}/clip.mp4", address)}
            label={say("event.clipOf", names)}
            ref={video}
            onTime={(media_s) => {
              const { videoWidth, videoHeight } = video.current ?? {};
              if (videoWidth && videoHeight) setRatio(videoWidth / videoHeight);
              onTime(media_s);
            }}
          />
        ) : (
          <img
            src={addressOf("/api/events/{event_id}/snapshot.jpg", { ...address, bbox: 1 })}
            alt={say("event.snapshotOf", names)}
            onLoad={({ currentTarget: image }) =>
              setRatio(image.naturalWidth / image.naturalHeight)
            }
          />
        )}
        {isTrailShown && trail.length > 1 && (
          <Trail
            trail={trail}
            ratio={ratio}
            here={view === "clip" && shownTime !== null ? pointAt(trail, shownTime) : null}
            label={say("event.pathOf", names)}
          />
        )}
      </div>
      <fieldset className={styles.views} aria-label={say("event.view")}>
        {event.has_clip && <Choice name="clip" view={view} choose={choose} />}
        {event.has_snapshot && <Choice name="snapshot" view={view} choose={choose} />}
        {trail.length > 1 && (
          <Button
            Icon={Route}
            tone={isTrailShown ? "chosen" : "plain"}
            aria-pressed={isTrailShown}
            onClick={() => setIsTrailShown(!isTrailShown)}
          >
            {say("event.path")}
          </Button>
        )}
      </fieldset>
    </figure>
  );
}

interface ChoiceProps {
  name: View;
  view: View;
  choose: (view: View) => void;
}

function Choice({ name, view, choose }: ChoiceProps) {
  const isShown = name === view;
  return (
    <Button tone={isShown ? "chosen" : "plain"} aria-pressed={isShown} onClick={() => choose(name)}>
      {say(`event.${name}`)}
    </Button>
  );
}

interface TrailProps {
  trail: readonly Point[];
  ratio: number;
  here: Point | null;
  label: string;
}

/** Drawn in a picture of 1000 px height, so that lines are as thick everywhere. */
function Trail({ trail, ratio, here, label }: TrailProps) {
  const [width_px, height_px] = [1000 * ratio, 1000];
  const points = polyline(trail, width_px, height_px);
  const last = trail.at(-1);
  return (
    <svg
      className={styles.trail}
      viewBox={`0 0 ${width_px} ${height_px}`}
      role="img"
      aria-label={label}
    >
      <polyline className={styles.shadow} points={points} />
      <polyline className={styles.way} points={points} />
      {last && (
        <circle className={styles.end} cx={last.x * width_px} cy={last.y * height_px} r={9} />
      )}
      {here && (
        <circle className={styles.here} cx={here.x * width_px} cy={here.y * height_px} r={16} />
      )}
    </svg>
  );
}
