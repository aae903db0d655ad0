/** The picture of one camera with what is drawn over it. */
import type { Ref } from "react";
import type { Camera } from "@/api/config";
import { addressOf } from "@/api/routes";
import { Badge } from "@/parts/Badge";
import type { LiveState } from "@/parts/live/feed";
import { LiveVideo } from "@/parts/live/LiveVideo";
import { plainName, say } from "@/words";
import { ActivityBadges } from "../ActivityBadges";
import { useActivity } from "../activity";
import { debugArgs, needsAnalysed, type Overlays, shapesOf } from "./overlays";
import styles from "./Stage.module.css";

const HEIGHT_PX = 720;

interface StageProps {
  camera: Camera;
  overlays: Overlays;
  isMuted: boolean;
  onState: (state: LiveState) => void;
  ref: Ref<HTMLDivElement>;
}

export function Stage({ camera, overlays, isMuted, onState, ref }: StageProps) {
  const { width, height } = camera.detect;
  const activity = useActivity(camera.name);
  const ratio = width && height ? width / height : 16 / 9;
  return (
    <div className={styles.room}>
      <div ref={ref} className={styles.stage} style={{ "--ratio": ratio } as object}>
        {needsAnalysed(overlays) ? (
          <Analysed camera={camera} overlays={overlays} />
        ) : (
          <>
            <LiveVideo
              camera={camera.name}
              stream="main"
              height_px={HEIGHT_PX}
              isMuted={isMuted}
              onState={onState}
            />
            <Shapes camera={camera} overlays={overlays} />
          </>
        )}
        <div className={styles.activity}>
          <ActivityBadges activity={activity} />
        </div>
      </div>
    </div>
  );
}

/** The frames that are analysed, with boxes that belong to them. */
function Analysed({ camera, overlays }: { camera: Camera; overlays: Overlays }) {
  const { name, detect } = camera;
  const args = { camera: name, fps: detect.fps, h: HEIGHT_PX, ...debugArgs(overlays) };
  return (
    <>
      <img
        key={JSON.stringify(args)}
        className={styles.picture}
        src={addressOf("/api/{camera}", args)}
        alt={say("camera.picture", { camera: plainName(name) })}
      />
      <div className={styles.note}>
        <Badge tone="shade">{say("live.analysed", { rate: detect.fps })}</Badge>
      </div>
    </>
  );
}

function Shapes({ camera, overlays }: { camera: Camera; overlays: Overlays }) {
  const shapes = shapesOf(camera, overlays);
  if (shapes.length === 0) return null;
  return (
    <svg className={styles.shapes} viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      {shapes.map(({ kind, name, points }) => (
        <polygon key={`${kind}/${name}`} className={styles[kind]} points={points} />
      ))}
    </svg>
  );
}
