/** A button that makes a picture fill the screen, where the browser lets it. */
import { Maximize } from "lucide-react";
import type { RefObject } from "react";
import { IconButton } from "@/parts/Button";
import { say } from "@/words";

export function FullScreen({ stage }: { stage: RefObject<HTMLElement | null> }) {
  if (!document.fullscreenEnabled) return null;
  return (
    <IconButton
      label={say("live.fullscreen")}
      Icon={Maximize}
      onClick={() => void stage.current?.requestFullscreen()}
    />
  );
}
