/** A camera as it is now: its newest picture at once, then moving; pictures where video cannot be. */
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import type { StreamName } from "@/api/liveStream";
import { addressOf } from "@/api/routes";
import { plainName, say } from "@/words";
import { Badge } from "../Badge";
import { CameraPicture } from "../CameraPicture";
import { classes } from "../classes";
import { feed, type LiveState } from "./feed";
import styles from "./LiveVideo.module.css";
import { OfflineNotice } from "./OfflineNotice";
import { useIsSeen } from "./useIsSeen";

interface LiveVideoProps {
  camera: string;
  stream: StreamName;
  height_px: number; // of pictures that are no video
  isMuted?: boolean;
  onState?: (state: LiveState) => void;
  ref?: Ref<HTMLVideoElement | null>;
}

export function LiveVideo(props: LiveVideoProps) {
  const { camera, stream, isMuted = true, onState, ref } = props;
  const frame = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<LiveState>({ kind: "waiting" });
  const [isMoving, setIsMoving] = useState(false);
  const [turn, setTurn] = useState(0);
  const hasBegun = useRef(false);
  const isSeen = useIsSeen(frame);
  useImperativeHandle(ref, () => video.current as HTMLVideoElement, []);
  useEffect(() => {
    if (!isSeen || video.current === null) return;
    if (hasBegun.current) setTurn((last) => last + 1); // the still picture is of another time
    hasBegun.current = true;
    const stop = feed(video.current, camera, stream, setState);
    return () => {
      setIsMoving(false);
      stop();
    };
  }, [isSeen, camera, stream]);
  useEffect(() => onState?.(state), [state, onState]);
  return (
    <div ref={frame} className={styles.frame} data-live={state.kind}>
      <Still {...props} turn={turn} isFallback={isSeen && state.kind === "unplayable"} />
      <video
        ref={video}
        className={classes(styles.picture, !isMoving && styles.hidden)}
        aria-hidden
        tabIndex={-1}
        muted={isMuted}
        playsInline
        onPlaying={() => setIsMoving(true)}
        onLoadedData={() => setIsMoving(true)}
        onEmptied={() => setIsMoving(false)}
      />
      {state.kind === "waiting" && (
        <p className={styles.waiting}>
          <Badge tone="shade">{say("camera.waiting")}</Badge>
        </p>
      )}
      {state.kind === "offline" && (
        <OfflineNotice reason={state.reason} sinceTime={state.sinceTime} />
      )}
    </div>
  );
}

const PICTURES_PAUSE_S = 0.5;

/** Of many cameras single pictures are asked: a browser holds six endless answers and no more. */
function Still(props: LiveVideoProps & { turn: number; isFallback: boolean }) {
  const { camera, stream, height_px, turn, isFallback } = props;
  if (isFallback && stream === "sub") {
    return <CameraPicture camera={camera} height_px={height_px} every_s={PICTURES_PAUSE_S} />;
  }
  const route = isFallback ? "/api/{camera}" : "/api/{camera}/latest.jpg";
  return (
    <img
      className={styles.picture}
      src={addressOf(route, { camera, h: height_px, t: turn })}
      alt={say("camera.picture", { camera: plainName(camera) })}
    />
  );
}
