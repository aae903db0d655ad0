/** Every zone and mask by name, and what draws new ones. */
import { Plus } from "lucide-react";
import { Button } from "@/parts/Button";
import { classes } from "@/parts/classes";
import { say } from "@/words";
import { nameOf } from "./CornerHandles";
import styles from "./Shapes.module.css";
import type { Kind, Shape } from "./shapes";

interface ShapeListProps {
  shapes: readonly Shape[];
  chosen: Shape | null;
  choose: (id: string) => void;
  begin: (kind: Kind) => void;
}

const KINDS: readonly Kind[] = ["zone", "motion", "object"];

export function ShapeList({ shapes, chosen, choose, begin }: ShapeListProps) {
  return KINDS.map((kind) => (
    <section key={kind} aria-label={say(`shapes.${kind}s`)}>
      <div className={styles.head}>
        <h2>
          <span className={classes(styles.swatch, styles[kind])} aria-hidden="true" />
          {say(`shapes.${kind}s`)}
        </h2>
        <Button tone="quiet" Icon={Plus} onClick={() => begin(kind)}>
          {say(`shapes.draw.${kind}`)}
        </Button>
      </div>
      <ul>
        {shapes
          .filter((shape) => shape.kind === kind)
          .map((shape) => (
            <li key={shape.id}>
              <button
                type="button"
                className={styles.entry}
                aria-pressed={shape.id === chosen?.id}
                onClick={() => choose(shape.id)}
              >
                {nameOf(shape)}
              </button>
            </li>
          ))}
      </ul>
    </section>
  ));
}
