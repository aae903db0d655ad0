/** A camera as it is now: its newest picture at once, then moving; MJPEG where video cannot be. */
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import type { StreamName } from "@/api/liveStream";
import { addressOf } from "@/api/routes";
import { plainName, say } from "@/words";
import { classes } from "../classes";
import { feed, type LiveState } from "./feed";
import styles from "./LiveVideo.module.css";
import { OfflineNotice } from "./OfflineNotice";
import { useIsSeen } from "./useIsSeen";

interface LiveVideoProps {
  camera: string;
  stream: StreamName;
  height_px: number; // of the still picture, and of MJPEG
  isMuted?: boolean;
  onState?: (state: LiveState) => void;
  ref?: Ref<HTMLVideoElement | null>;
}

export function LiveVideo(props: LiveVideoProps) {
  const { camera, stream, height_px, isMuted = true, onState, ref } = props;
  const frame = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<LiveState>({ kind: "waiting" });
  const [isMoving, setIsMoving] = useState(false);
  const isSeen = useIsSeen(frame);
  useImperativeHandle(ref, () => video.current as HTMLVideoElement, []);
  useEffect(() => {
    if (!isSeen || video.current === null) return;
    const stop = feed(video.current, camera, stream, setState);
    return () => {
      setIsMoving(false);
      stop();
    };
  }, [isSeen, camera, stream]);
  useEffect(() => onState?.(state), [state, onState]);
  const name = plainName(camera);
  const mjpeg = isSeen && state.kind === "unplayable";
  return (
    <div ref={frame} className={styles.frame} data-live={state.kind}>
      <img
        className={styles.picture}
        src={addressOf(mjpeg ? "/api/{camera}" : "/api/{camera}/latest.jpg", {
          camera,
          h: height_px,
        })}
        alt={say("camera.picture", { camera: name })}
      />
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
      {state.kind === "offline" && (
        <OfflineNotice reason={state.reason} sinceTime={state.sinceTime} />
      )}
    </div>
  );
}
