/** What was found, in step with the video in whose pictures it was found. */
import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import type { Camera } from "@/api/config";
import { type FoundInFrame, openOverlays } from "@/api/overlays";
import { foundAt, heldFor_s, remember } from "./frames";
import { followPictures } from "./pictures";

/** What belongs to the picture that the video shows; null while nothing is known of it. */
export function useFound(
  camera: Camera,
  video: RefObject<HTMLVideoElement | null>,
  zeroTime: number | null,
  isWatched: boolean,
): FoundInFrame | null {
  const [found, setFound] = useState<FoundInFrame | null>(null);
  const { name } = camera;
  const held_s = heldFor_s(camera.detect.fps);
  const takenTime = useEffectEvent((media_s: number) => (zeroTime ?? 0) + media_s);
  const isHeard = isWatched && zeroTime !== null;
  useEffect(() => {
    if (!isHeard || video.current === null) return;
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
      setFound(null);
    };
  }, [isHeard, name, video, held_s]);
  return found;
}
