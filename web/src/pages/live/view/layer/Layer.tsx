/** Lies over the picture of a video exactly, wherever that stands between dark bars. */
import { type ReactNode, type RefObject, useCallback, useSyncExternalStore } from "react";
import styles from "./Layer.module.css";

interface LayerProps {
  video: RefObject<HTMLVideoElement | null>;
  ratio: number; // width by height of the picture, until the video tells its own
  children: ReactNode;
}

export function Layer({ video, ratio, children }: LayerProps) {
  const shown = useRatio(video) ?? ratio;
  return (
    <div className={styles.room} aria-hidden="true">
      <div className={styles.layer} style={{ "--ratio": shown } as object}>
        {children}
      </div>
    </div>
  );
}

function useRatio(video: RefObject<HTMLVideoElement | null>): number | null {
  const listen = useCallback(
    (changed: () => void) => {
      const { current } = video;
      current?.addEventListener("resize", changed);
      return () => current?.removeEventListener("resize", changed);
    },
    [video],
  );
  return useSyncExternalStore(listen, () => {
    const { videoWidth = 0, videoHeight = 0 } = video.current ?? {};
    return videoWidth > 0 && videoHeight > 0 ? videoWidth / videoHeight : null;
  });
}
