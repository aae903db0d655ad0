/** All that is drawn over the moving picture. */
import { type RefObject, useRef } from "react";
import type { Camera } from "@/api/config";
import { useIsSeen } from "@/parts/live/useIsSeen";
import { followsFrames, needsAnalysed, type Overlays } from "../overlays";
import { Boxes } from "./Boxes";
import styles from "./Boxes.module.css";
import { occupiedZones } from "./frames";
import { Shapes } from "./Shapes";
import { useFound } from "./useFound";

interface DrawnProps {
  camera: Camera;
  video: RefObject<HTMLVideoElement | null>;
  zeroTime: number | null; // when the picture at media time 0 was taken; null while none moves
  overlays: Overlays;
}

export function Drawn({ camera, video, zeroTime, overlays }: DrawnProps) {
  const place = useRef<HTMLDivElement>(null);
  const isWatched = useIsSeen(place) && followsFrames(overlays, camera);
  const found = useFound(camera, video, zeroTime, isWatched);
  return (
    <div ref={place} className={styles.boxes} data-time={found?.time}>
      <Shapes camera={camera} overlays={overlays} occupied={occupiedZones(found)} />
      {needsAnalysed(overlays) && <Boxes found={found} overlays={overlays} />}
    </div>
  );
}
