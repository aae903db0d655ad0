/** The newest picture of a camera, fetched again and again while it is in view. */
import { useEffect, useRef, useState } from "react";
import { addressOf } from "@/api/routes";
import { plainName, say } from "@/words";
import styles from "./CameraPicture.module.css";

interface CameraPictureProps {
  camera: string;
  height_px?: number;
  every_s?: number; // 0: the first one stays
  ratio?: string; // "16 / 9"
}

export function CameraPicture(props: CameraPictureProps) {
  const { camera, height_px = 360, every_s = 0, ratio = "16 / 9" } = props;
  const image = useRef<HTMLImageElement>(null);
  const [loadedTimes, setLoadedTimes] = useState(0);
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    if (every_s === 0 || (loadedTimes === 0 && !hasFailed)) return;
    const timer = setTimeout(() => {
      if (image.current && !document.hidden) {
        image.current.src = addressOf("/api/{camera}/latest.jpg", {
          camera,
          h: height_px,
          t: Date.now(),
        });
      }
    }, every_s * 1000);
    return () => clearTimeout(timer);
  }, [camera, height_px, every_s, loadedTimes, hasFailed]);
  return (
    <div className={styles.frame} style={{ aspectRatio: ratio }}>
      <img
        ref={image}
        className={styles.image}
        src={addressOf("/api/{camera}/latest.jpg", { camera, h: height_px })}
        alt={say("camera.picture", { camera: plainName(camera) })}
        hidden={hasFailed}
        onLoad={() => {
          setHasFailed(false);
          setLoadedTimes((times) => times + 1);
        }}
        onError={() => setHasFailed(true)}
      />
      {hasFailed && <p className={styles.none}>{say("camera.noPicture")}</p>}
    </div>
  );
}
