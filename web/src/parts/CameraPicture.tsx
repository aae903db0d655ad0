/** The newest picture of a camera, fetched again and again. */
import { useState } from "react";
import { addressOf } from "@/api/routes";
import { plainName, say } from "@/words";
import styles from "./CameraPicture.module.css";
import { useTurns } from "./useTurns";

interface CameraPictureProps {
  camera: string;
  height_px?: number;
  every_s?: number; // without, the first one stays
  ratio?: string; // "16 / 9"; without one it fills its place
}

export function CameraPicture(props: CameraPictureProps) {
  const { camera, height_px = 360, every_s, ratio } = props;
  const [turn, done] = useTurns(every_s ?? 0);
  const [hasFailed, setHasFailed] = useState(false);
  const end = (failed: boolean) => {
    setHasFailed(failed);
    if (every_s !== undefined) done();
  };
  return (
    <div className={styles.frame} style={ratio === undefined ? {} : { aspectRatio: ratio }}>
      <img
        className={styles.image}
        src={addressOf("/api/{camera}/latest.jpg", { camera, h: height_px, t: turn })}
        alt={say("camera.picture", { camera: plainName(camera) })}
        hidden={hasFailed}
        onLoad={() => end(false)}
        onError={() => end(true)}
      />
      {hasFailed && <p className={styles.none}>{say("camera.noPicture")}</p>}
    </div>
  );
}
