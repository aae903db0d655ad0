/** What was found, over the moving picture in which it was found. */
import type { FoundInFrame, FoundObject, FoundPart, Shares } from "@/api/overlays";
import { classes } from "@/parts/classes";
import { plainName, say } from "@/words";
import type { Overlays } from "../overlays";
import styles from "./Boxes.module.css";

/** Nearer to the upper edge there is no room above a box: of the lowest picture, on a phone. */
const LABEL_SHARE = 0.1;

interface BoxesProps {
  found: FoundInFrame | null;
  overlays: Overlays;
}

export function Boxes({ found, overlays }: BoxesProps) {
  return (
    <div className={styles.boxes}>
      {overlays.regions && <Areas areas={found?.regions} kind="region" />}
      {overlays.motion && <Areas areas={found?.motion} kind="motion" />}
      {overlays.boxes && found?.objects.map((object) => <Thing key={object.id} object={object} />)}
    </div>
  );
}

function Thing({ object }: { object: FoundObject }) {
  const { stationary, is_seen, sub_label, label, attributes } = object;
  const isLost = !is_seen && !stationary; // what stands is looked at now and then only
  const kind = classes(styles.object, stationary && styles.still, isLost && styles.lost);
  return (
    <>
      <Named part={object} name={sub_label ?? label} kind={kind} id={object.id} />
      {attributes.map((part, index) => (
        <Named
          key={`${part.label}/${index}`}
          part={part}
          name={part.label}
          kind={classes(styles.object, styles.still)}
        />
      ))}
    </>
  );
}

interface NamedProps {
  part: FoundPart;
  name: string;
  kind: string;
  id?: string;
}

function Named({ part: { box, score }, name, kind, id }: NamedProps) {
  const [x, y] = box;
  const side = classes(
    styles.label,
    y < LABEL_SHARE && styles.inside,
    x > 0.5 && styles.fromTheRight,
  );
  return (
    <div className={classes(styles.box, kind)} style={placed(box)} data-object={id}>
      <span className={side}>
        {say("live.found", { name: plainName(name), share: Math.round(score * 100) })}
      </span>
    </div>
  );
}

function Areas({
  areas,
  kind,
}: {
  areas: readonly Shares[] | undefined;
  kind: "motion" | "region";
}) {
  return areas?.map((area) => (
    <div key={area.join()} className={classes(styles.box, styles[kind])} style={placed(area)} />
  ));
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

function placed([x, y, width, height]: Shares) {
  return { left: percent(x), top: percent(y), width: percent(width), height: percent(height) };
}
