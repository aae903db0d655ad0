/** What was found, over the moving picture in which it was found. */
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import type { Camera } from "@/api/config";
import {
  type FoundInFrame,
  type FoundObject,
  type FoundPart,
  openOverlays,
  type Shares,
} from "@/api/overlays";
import { classes } from "@/parts/classes";
import { useIsSeen } from "@/parts/live/useIsSeen";
import { plainName, say } from "@/words";
import type { Overlays } from "../overlays";
import styles from "./Boxes.module.css";
import { foundAt, heldFor_s, remember } from "./frames";
import { followPictures } from "./pictures";

/** Nearer to the upper edge there is no room above a box: of the lowest picture, on a phone. */
const LABEL_SHARE = 0.1;

interface BoxesProps {
  camera: Camera;
  video: RefObject<HTMLVideoElement | null>;
  zeroTime: number; // when the picture at media time 0 was taken, Unix seconds
  overlays: Overlays;
}

export function Boxes({ camera, video, zeroTime, overlays }: BoxesProps) {
  const place = useRef<HTMLDivElement>(null);
  const isWatched = useIsSeen(place);
  const found = useFound(camera, video, zeroTime, isWatched);
  return (
    <div ref={place} className={styles.boxes} data-time={found?.time}>
      {overlays.regions && <Areas areas={found?.regions} kind="region" />}
      {overlays.motion && <Areas areas={found?.motion} kind="motion" />}
      {overlays.boxes && found?.objects.map((object) => <Thing key={object.id} object={object} />)}
    </div>
  );
}

/** What belongs to the picture that the video shows; null while nothing is known of it. */
function useFound(
  camera: Camera,
  video: RefObject<HTMLVideoElement | null>,
  zeroTime: number,
  isWatched: boolean,
): FoundInFrame | null {
  const [found, setFound] = useState<FoundInFrame | null>(null);
  const { name } = camera;
  const held_s = heldFor_s(camera.detect.fps);
  const takenTime = useEffectEvent((media_s: number) => zeroTime + media_s);
  useEffect(() => {
    if (!isWatched || video.current === null) return;
    let frames: readonly FoundInFrame[] = [];
    let shown_s: number | null = null;
    const show = () => {
      if (shown_s !== null) setFound(foundAt(frames, takenTime(shown_s), held_s));
    };
    const leave = openOverlays(name, (frame) => {
      frames = remember(frames, frame);
      show(); // it may be about the picture that stands there already
    });
    const stop = followPictures(video.current, (media_s) => {
      shown_s = media_s;
      show();
    });
    return () => {
      leave();
      stop();
    };
  }, [isWatched, name, video, held_s]);
  return found;
}

function Thing({ object }: { object: FoundObject }) {
  const { stationary, is_seen, sub_label, label, attributes } = object;
  const isLost = !is_seen && !stationary; // what stands is looked at now and then only
  const kind = classes(styles.object, stationary && styles.still, isLost && styles.lost);
  return (
    <>
      <Named part={object} name={sub_label ?? label} kind={kind} id={object.id} />
      {attributes.map((part, index) => (
        <Named
          key={`${part.label}/${index}`}
          part={part}
          name={part.label}
          kind={classes(styles.object, styles.still)}
        />
      ))}
    </>
  );
}

interface NamedProps {
  part: FoundPart;
  name: string;
  kind: string;
  id?: string;
}

function Named({ part: { box, score }, name, kind, id }: NamedProps) {
  const [x, y] = box;
  const side = classes(
    styles.label,
    y < LABEL_SHARE && styles.inside,
    x > 0.5 && styles.fromTheRight,
  );
  return (
    <div className={classes(styles.box, kind)} style={placed(box)} data-object={id}>
      <span className={side}>
        {say("live.found", { name: plainName(name), share: Math.round(score * 100) })}
      </span>
    </div>
  );
}

function Areas({
  areas,
  kind,
}: {
  areas: readonly Shares[] | undefined;
  kind: "motion" | "region";
}) {
  return areas?.map((area) => (
    <div key={area.join()} className={classes(styles.box, styles[kind])} style={placed(area)} />
  ));
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

function placed([x, y, width, height]: Shares) {
  return { left: percent(x), top: percent(y), width: percent(width), height: percent(height) };
}
