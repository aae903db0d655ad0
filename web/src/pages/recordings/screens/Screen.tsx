/** A camera's recording at the moment that the clock shows. */
import { X } from "lucide-react";
import { useCallback, useState } from "react";
import { mediaTimeOf } from "@/api/playlist";
import { IconButton } from "@/parts/Button";
import { ErrorState } from "@/parts/ErrorState";
import { Skeleton } from "@/parts/Skeleton";
import { VideoPlayer } from "@/parts/VideoPlayer";
import { exactClock } from "@/time/format";
import { plainName, say } from "@/words";
import type { Conductor } from "../player/conductor";
import { stretchAt } from "../player/footage";
import { useFootage } from "../player/useFootage";
import { useShown } from "../player/useShown";
import { type Row, seenAt } from "../rows/describe";
import styles from "./Screens.module.css";
import { Still } from "./Still";

const STILL_PX = 360;

interface ScreenProps {
  conductor: Conductor;
  row: Row;
  laterStarts: ((windowTo: number) => readonly number[]) | null;
  isMuted: boolean;
  close: (() => void) | null; // null for the only one
}

export function Screen({ conductor, row, laterStarts, isMuted, close }: ScreenProps) {
  const { camera } = row;
  const { source, stretches, query } = useFootage(conductor, camera, laterStarts);
  const isCovered = useShown(conductor, ({ time }) => stretchAt(stretches, time) !== null);
  const isSkimming = useShown(conductor, (shown) => shown.isSkimming);
  const name = plainName(camera);
  return (
    <article className={styles.screen} aria-label={name} data-camera={camera}>
      {source !== null && (
        <Player
          key={source}
          source={source}
          label={say("recordings.videoOf", { camera: name })}
          startAt_s={mediaTimeOf(stretches, conductor.shown().time)}
          isMuted={isMuted}
          join={(video) => conductor.join(camera, video)}
        />
      )}
      {isSkimming && <Skimmed conductor={conductor} camera={camera} />}
      {query.isPending && <Skeleton height="100%" />}
      {query.isError && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.data !== undefined && !isCovered && <Absence conductor={conductor} row={row} />}
      <h2 className={styles.name}>{name}</h2>
      {close !== null && (
        <IconButton
          className={styles.close}
          label={say("recordings.hide", { camera: name })}
          Icon={X}
          onClick={close}
        />
      )}
    </article>
  );
}

interface PlayerProps {
  source: string;
  label: string;
  startAt_s: number;
  isMuted: boolean;
  join: (video: HTMLVideoElement | null) => void;
}

/** One playlist; another one is another player. */
function Player({ join, startAt_s, ...rest }: PlayerProps) {
  const [start_s] = useState(startAt_s);
  const [joined] = useState(() => join);
  const hold = useCallback((video: HTMLVideoElement | null) => joined(video), [joined]);
  return (
    <VideoPlayer {...rest} startAt_s={start_s} isPlaying={false} hasControls={false} ref={hold} />
  );
}

/** Single pictures, while the clock moves faster than video can. */
function Skimmed({ conductor, camera }: { conductor: Conductor; camera: string }) {
  const time = useShown(conductor, (shown) => Math.floor(shown.time));
  const label = say("recordings.pictureOf", { camera: plainName(camera) });
  return (
    <Still
      className={styles.still}
      camera={camera}
      time={time}
      height_px={STILL_PX}
      label={label}
    />
  );
}

/** Why there is nothing to see. */
function Absence({ conductor, row }: { conductor: Conductor; row: Row }) {
  const time = useShown(conductor, (shown) => Math.floor(shown.time));
  const seen = seenAt(row, time);
  if (seen.kind !== "gap") return <p className={styles.absence}>{say("recordings.absent")}</p>;
  const { start_time, end_time, reason } = seen.gap;
  return (
    <p className={styles.absence}>
      {say("recordings.gap", {
        from: exactClock(start_time),
        to: end_time === null ? say("recordings.now") : exactClock(end_time),
        reason: say(`gap.${reason}`),
      })}
    </p>
  );
}
