/** The picture of one camera with what is drawn over it. */
import { type Ref, useRef } from "react";
import type { Camera } from "@/api/config";
import { addressOf } from "@/api/routes";
import { Badge } from "@/parts/Badge";
import type { LiveState } from "@/parts/live/feed";
import { LiveVideo } from "@/parts/live/LiveVideo";
import { plainName, say } from "@/words";
import { ActivityBadges } from "../ActivityBadges";
import { useActivity } from "../activity";
import { Drawn } from "./layer/Drawn";
import { Layer } from "./layer/Layer";
import { debugArgs, needsAnalysed, type Overlays } from "./overlays";
import styles from "./Stage.module.css";

const HEIGHT_PX = 720;

interface StageProps {
  camera: Camera;
  overlays: Overlays;
  isMuted: boolean;
  state: LiveState;
  onState: (state: LiveState) => void;
  ref: Ref<HTMLDivElement>;
}

export function Stage({ camera, overlays, isMuted, state, onState, ref }: StageProps) {
  const video = useRef<HTMLVideoElement>(null);
  const { width, height } = camera.detect;
  const activity = useActivity(camera.name);
  const ratio = width && height ? width / height : 16 / 9;
  const hasBoxes = needsAnalysed(overlays);
  return (
    <div className={styles.room}>
      <div ref={ref} className={styles.stage} style={{ "--ratio": ratio } as object}>
        {hasBoxes && state.kind === "unplayable" ? (
          <Analysed camera={camera} overlays={overlays} />
        ) : (
          <>
            <LiveVideo
              camera={camera.name}
              stream="main"
              height_px={HEIGHT_PX}
              isMuted={isMuted}
              onState={onState}
              ref={video}
            />
            <Layer video={video} ratio={ratio}>
              <Drawn
                camera={camera}
                video={video}
                zeroTime={state.kind === "playing" ? state.zeroTime : null}
                overlays={overlays}
              />
            </Layer>
          </>
        )}
        <div className={styles.activity}>
          <ActivityBadges activity={activity} />
        </div>
      </div>
    </div>
  );
}

/** Where no video can be: the frames that are analysed, with what was found drawn in. */
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
