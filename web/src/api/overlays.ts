/** What was found in each analysed frame, over `/live/overlays/{camera}`. */
import { keepOpen } from "./socket";

/** x, y, width, height as shares of the picture. */
export type Shares = readonly [number, number, number, number];

export interface FoundPart {
  label: string;
  score: number;
  box: Shares;
}

export interface FoundObject extends FoundPart {
  id: string;
  sub_label: string | null;
  is_seen: boolean; // in this very frame
  stationary: boolean;
  current_zones: readonly string[]; // that it is in
  attributes: readonly FoundPart[];
}

export interface FoundInFrame {
  time: number; // Unix seconds
  objects: readonly FoundObject[];
  motion: readonly Shares[];
  regions: readonly Shares[];
}

/** Hear of each frame until what comes back is called; the camera is analysed whole meanwhile. */
export function openOverlays(camera: string, tell: (found: FoundInFrame) => void): () => void {
  return keepOpen(`/live/overlays/${encodeURIComponent(camera)}`, {
    hear: (data) => {
      if (typeof data === "string") tell(JSON.parse(data) as FoundInFrame);
    },
  });
}
