/** A button that makes a picture fill the screen, where the browser lets it. */
import { Maximize } from "lucide-react";
import type { RefObject } from "react";
import { IconButton } from "@/parts/Button";
import { notify } from "@/parts/toasts";
import { say } from "@/words";
import { canFillScreen, fillScreen } from "./fill";

export function FullScreen({ stage }: { stage: RefObject<HTMLElement | null> }) {
  if (!canFillScreen()) return null;
  const fill = async () => {
    if (stage.current && !(await fillScreen(stage.current))) {
      notify({ text: say("live.fullscreenRefused"), tone: "alert" });
    }
  };
  return <IconButton label={say("live.fullscreen")} Icon={Maximize} onClick={fill} />;
}
