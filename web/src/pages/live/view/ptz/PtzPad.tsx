/** Buttons that move a camera while they are held. */
import { useQuery } from "@tanstack/react-query";
import {
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  ChevronUp,
  type LucideIcon,
  ZoomIn,
  ZoomOut,
} from "lucide-react";
import { type KeyboardEvent, useMemo } from "react";
import { query } from "@/api/query";
import { Button, IconButton } from "@/parts/Button";
import { plainName, say } from "@/words";
import styles from "./PtzPad.module.css";
import { abilitiesOf, canMove, makeMover } from "./ptz";

interface Direction {
  label: string;
  command: string;
  Icon: LucideIcon;
  place: string | undefined;
}

const TURNS: readonly Direction[] = [
  { label: say("ptz.up"), command: "MOVE_UP", Icon: ChevronUp, place: styles.up },
  { label: say("ptz.left"), command: "MOVE_LEFT", Icon: ChevronLeft, place: styles.left },
  { label: say("ptz.right"), command: "MOVE_RIGHT", Icon: ChevronRight, place: styles.right },
  { label: say("ptz.down"), command: "MOVE_DOWN", Icon: ChevronDown, place: styles.down },
];

const ZOOMS: readonly Direction[] = [
  { label: say("ptz.zoomOut"), command: "ZOOM_OUT", Icon: ZoomOut, place: undefined },
  { label: say("ptz.zoomIn"), command: "ZOOM_IN", Icon: ZoomIn, place: undefined },
];

/** Nothing at all for a camera that cannot be moved. */
export function PtzPad({ camera }: { camera: string }) {
  const { data } = useQuery(query("/api/{camera}/ptz/info", { camera }));
  const move = useMemo(() => makeMover(camera), [camera]);
  const abilities = abilitiesOf(data ?? {});
  if (!canMove(abilities)) return null;
  return (
    <section aria-label={say("ptz.title")} className={styles.pad}>
      <h2>{say("ptz.title")}</h2>
      {abilities.canTurn && (
        <div className={styles.cross}>
          {TURNS.map((each) => (
            <Held key={each.command} direction={each} move={move} />
          ))}
        </div>
      )}
      {abilities.canZoom && (
        <div className={styles.row}>
          {ZOOMS.map((each) => (
            <Held key={each.command} direction={each} move={move} />
          ))}
        </div>
      )}
      {abilities.presets.length > 0 && (
        <div className={styles.row}>
          {abilities.presets.map((preset) => (
            <Button key={preset} onClick={() => move(`preset_${preset}`)}>
              {plainName(preset)}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}

const isPress = ({ key }: KeyboardEvent) => key === "Enter" || key === " ";

function Held({ direction, move }: { direction: Direction; move: (command: string) => void }) {
  const { label, command, Icon, place } = direction;
  const stop = () => move("STOP");
  return (
    <IconButton
      label={label}
      Icon={Icon}
      tone="plain"
      className={place}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        move(command);
      }}
      onLostPointerCapture={stop}
      onKeyDown={(event) => isPress(event) && !event.repeat && move(command)}
      onKeyUp={(event) => isPress(event) && stop()}
    />
  );
}
