/** Which cameras are shown side by side. */
import { ChevronDown } from "lucide-react";
import { Button } from "@/parts/Button";
import { Menu } from "@/parts/Menu";
import { plainName, say } from "@/words";
import { MOST_CAMERAS } from "./place";

interface CameraMenuProps {
  cameras: readonly string[];
  chosen: readonly string[];
  choose: (chosen: readonly string[]) => void;
}

/** At least one is shown, and no more than fit. */
export function CameraMenu({ cameras, chosen, choose }: CameraMenuProps) {
  const isFull = chosen.length >= MOST_CAMERAS;
  return (
    <Menu
      trigger={
        <Button title={say("recordings.most", { count: MOST_CAMERAS })}>
          {say("recordings.cameras")}: {chosen.map(plainName).join(", ")}
          <ChevronDown aria-hidden size={16} />
        </Button>
      }
      items={cameras.map((camera) => {
        const isChosen = chosen.includes(camera);
        return {
          label: plainName(camera),
          isChosen,
          staysOpen: true,
          isDisabled: isChosen ? chosen.length === 1 : isFull,
          choose: () =>
            choose(isChosen ? chosen.filter((each) => each !== camera) : [...chosen, camera]),
        };
      })}
    />
  );
}
