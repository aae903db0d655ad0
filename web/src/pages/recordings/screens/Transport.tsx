/** Play, steps, speed; and which moment is shown. */
import {
  ChevronFirst,
  ChevronLast,
  Pause,
  Play,
  RotateCcw,
  RotateCw,
  StepBack,
  StepForward,
} from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/parts/Button";
import { Select } from "@/parts/Select";
import { exactClock } from "@/time/format";
import { say } from "@/words";
import type { Deed } from "../keys/keys";
import { SPEEDS } from "../player/clock";
import type { Conductor } from "../player/conductor";
import { useShown } from "../player/useShown";
import styles from "./Transport.module.css";

const JUMP_S = 10;
const TOLD_S = 15; // how long it is said that a gap was leapt over

interface TransportProps {
  conductor: Conductor;
  act: (deed: Deed) => void;
  children?: ReactNode; // further controls
}

export function Transport({ conductor, act, children }: TransportProps) {
  const isPlaying = useShown(conductor, (shown) => shown.isPlaying);
  const speed = useShown(conductor, (shown) => shown.speed);
  const button = (label: string, Icon: typeof Play, deed: Deed) => (
    <IconButton label={label} Icon={Icon} onClick={() => act(deed)} />
  );
  const jump = { count: JUMP_S };
  return (
    <div className={styles.transport}>
      <Readout conductor={conductor} />
      <div className={styles.group}>
        {button(say("recordings.eventBefore"), ChevronFirst, { kind: "event", by: -1 })}
        {button(say("recordings.back", jump), RotateCcw, { kind: "by", seconds: -JUMP_S })}
        {button(say("recordings.frameBack"), StepBack, { kind: "frame", by: -1 })}
        <IconButton
          tone="accent"
          label={say(isPlaying ? "recordings.pause" : "recordings.play")}
          Icon={isPlaying ? Pause : Play}
          onClick={() => act({ kind: "toggle" })}
        />
        {button(say("recordings.frameOn"), StepForward, { kind: "frame", by: 1 })}
        {button(say("recordings.on", jump), RotateCw, { kind: "by", seconds: JUMP_S })}
        {button(say("recordings.eventAfter"), ChevronLast, { kind: "event", by: 1 })}
      </div>
      <Select
        label={say("recordings.speed")}
        isLabelHidden
        value={String(speed)}
        choices={SPEEDS.map((each) => ({
          value: String(each),
          label: say("recordings.times", { speed: each }),
        }))}
        choose={(value) => {
          const chosen = SPEEDS.find((each) => String(each) === value);
          if (chosen !== undefined) conductor.tell({ speed: chosen });
        }}
      />
      <div className={styles.further}>{children}</div>
    </div>
  );
}

function Readout({ conductor }: { conductor: Conductor }) {
  const time = useShown(conductor, (shown) => Math.floor(shown.time));
  return (
    <time className={styles.readout} dateTime={new Date(time * 1000).toISOString()}>
      {exactClock(time)}
    </time>
  );
}

/** What the player does by itself, said once. */
export function Status({ conductor }: { conductor: Conductor }) {
  const leap = useShown(conductor, ({ leap, time }) =>
    leap !== null && time - leap.to < TOLD_S ? leap : null,
  );
  const isAtEnd = useShown(conductor, (shown) => shown.isAtEnd);
  const isWaiting = useShown(
    conductor,
    ({ isPlaying, isHeld, isAtEnd, isSkimming }) => isPlaying && isHeld && !isAtEnd && !isSkimming,
  );
  return (
    <p role="status" className={styles.status}>
      {leap !== null &&
        !isAtEnd &&
        say("recordings.leapt", { from: exactClock(leap.from), to: exactClock(leap.to) })}
      {isAtEnd && say("recordings.newest")}
      {leap === null && isWaiting && say("recordings.waiting")}
    </p>
  );
}
