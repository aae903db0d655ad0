/** What can be done beside playing: sound, a closer look, an export, the way to the live picture. */
import { Download, Radio, Volume2, VolumeOff, ZoomIn, ZoomOut } from "lucide-react";
import { Link } from "wouter";
import { Button, IconButton, LinkButton } from "@/parts/Button";
import { say } from "@/words";
import type { Deed } from "../keys/keys";

interface ToolsProps {
  act: (deed: Deed) => void;
  isMuted: boolean;
  setIsMuted: (isMuted: boolean) => void;
  isRangeOpen: boolean;
  toggleRange: () => void;
  liveHref: string;
}

export function Tools(props: ToolsProps) {
  const { act, isMuted, setIsMuted, isRangeOpen, toggleRange, liveHref } = props;
  return (
    <>
      <IconButton
        label={say(isMuted ? "recordings.soundOn" : "recordings.soundOff")}
        Icon={isMuted ? VolumeOff : Volume2}
        isPressed={!isMuted}
        onClick={() => setIsMuted(!isMuted)}
      />
      <IconButton
        label={say("timeline.zoomIn")}
        Icon={ZoomIn}
        onClick={() => act({ kind: "zoom", by: 1 })}
      />
      <IconButton
        label={say("timeline.zoomOut")}
        Icon={ZoomOut}
        onClick={() => act({ kind: "zoom", by: -1 })}
      />
      <Button
        Icon={Download}
        tone={isRangeOpen ? "chosen" : "plain"}
        aria-pressed={isRangeOpen}
        onClick={toggleRange}
      >
        {say("range.choose")}
      </Button>
      <Link href={liveHref} asChild>
        <LinkButton Icon={Radio}>{say("recordings.goLive")}</LinkButton>
      </Link>
    </>
  );
}
