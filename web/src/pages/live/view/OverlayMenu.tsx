/** Chooses what is drawn over the picture. */
import { Layers } from "lucide-react";
import { IconButton } from "@/parts/Button";
import { Menu } from "@/parts/Menu";
import { say } from "@/words";
import type { Overlays } from "./overlays";

const CHOICES = [
  ["boxes", "live.boxes"],
  ["zones", "live.zones"],
  ["masks", "live.masks"],
  ["motion", "live.motionBoxes"],
  ["regions", "live.regions"],
] as const;

interface OverlayMenuProps {
  overlays: Overlays;
  choose: (overlays: Overlays) => void;
}

export function OverlayMenu({ overlays, choose }: OverlayMenuProps) {
  return (
    <Menu
      trigger={
        <IconButton
          label={say("live.overlays")}
          Icon={Layers}
          isPressed={Object.values(overlays).some(Boolean)}
        />
      }
      items={CHOICES.map(([name, label]) => ({
        label: say(label),
        isChosen: overlays[name],
        staysOpen: true,
        choose: () => choose({ ...overlays, [name]: !overlays[name] }),
      }))}
    />
  );
}
