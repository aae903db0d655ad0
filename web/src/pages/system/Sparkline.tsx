/** A small plot of a day. */
import { say } from "@/words";
import { coarser, linePath, rangeOf, type Values } from "./plots";
import styles from "./System.module.css";

const WIDTH_PX = 120;
const HEIGHT_PX = 28;

interface SparklineProps {
  name: string;
  values: Values | undefined;
  show: (value: number) => string;
}

export function Sparkline({ name, values = [], show }: SparklineProps) {
  const range = rangeOf(values);
  if (range === null) return <span className={styles.dim}>{say("plot.none")}</span>;
  const label = say("plot.label", { name, least: show(range.least), most: show(range.most) });
  return (
    <svg
      className={styles.plot}
      viewBox={`-2 -2 ${WIDTH_PX + 4} ${HEIGHT_PX + 4}`}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <path d={linePath(coarser(values, WIDTH_PX), WIDTH_PX, HEIGHT_PX)} />
    </svg>
  );
}
