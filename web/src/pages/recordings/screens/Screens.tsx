/** The cameras side by side, on one clock. */
import type { DayName } from "@/time/days";
import type { Conductor } from "../player/conductor";
import type { Row } from "../rows/describe";
import { useLaterStarts } from "../rows/useRows";
import type { Span } from "../timeline/scale";
import { Screen } from "./Screen";
import styles from "./Screens.module.css";

interface ScreensProps {
  conductor: Conductor;
  rows: readonly Row[];
  days: readonly DayName[]; // with footage
  day: Span;
  zone: string;
  isMuted: boolean;
  show: (cameras: readonly string[]) => void;
}

/** Sound is that of the first camera: several at once would be noise. */
export function Screens({ rows, show, isMuted, ...rest }: ScreensProps) {
  const cameras = rows.map(({ camera }) => camera);
  return (
    <div className={styles.screens} data-count={rows.length}>
      {rows.map((row, index) => (
        <One
          key={row.camera}
          {...rest}
          row={row}
          isMuted={isMuted || index > 0}
          close={rows.length > 1 ? () => show(cameras.filter((each) => each !== row.camera)) : null}
        />
      ))}
    </div>
  );
}

interface OneProps extends Omit<ScreensProps, "rows" | "show"> {
  row: Row;
  close: (() => void) | null;
}

function One({ days, day, zone, ...rest }: OneProps) {
  const laterStarts = useLaterStarts(rest.row, day, days, zone);
  return <Screen {...rest} laterStarts={laterStarts} />;
}
