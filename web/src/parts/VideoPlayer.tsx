/** Plays recorded footage: a playlist or a file. Speed, seeking and the rest go through `ref`. */
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import { say } from "@/words";
import { attach } from "./hls";
import styles from "./VideoPlayer.module.css";

interface VideoPlayerProps {
  source: string;
  label: string; // what is seen, for those who hear the page
  poster?: string;
  startAt_s?: number;
  isMuted?: boolean;
  isPlaying?: boolean; // begins by itself
  hasControls?: boolean; // the browser's own
  onTime?: (position_s: number) => void;
  ref?: Ref<HTMLVideoElement | null>;
}

export function VideoPlayer(props: VideoPlayerProps) {
  const { source, label, poster, startAt_s, onTime, ref } = props;
  const { isMuted = true, isPlaying = true, hasControls = true } = props;
  const video = useRef<HTMLVideoElement>(null);
  const startAt = useRef(startAt_s ?? null);
  const [failure, setFailure] = useState<string | null>(null);
  useImperativeHandle(ref, () => video.current as HTMLVideoElement, []);
  useEffect(() => {
    if (video.current === null) return;
    setFailure(null);
    const playing = attach(video.current, {
      source,
      startAt_s: startAt.current,
      failed: setFailure,
    });
    return playing.stop;
  }, [source]);
  return (
    <div className={styles.player}>
      <video
        ref={video}
        className={styles.video}
        aria-label={label}
        poster={poster}
        muted={isMuted}
        autoPlay={isPlaying}
        controls={hasControls}
        playsInline
        onTimeUpdate={(event) => onTime?.(event.currentTarget.currentTime)}
      />
      {failure !== null && (
        <p role="alert" className={styles.failure}>
          {say("video.failed", { reason: failure })}
        </p>
      )}
    </div>
  );
}
