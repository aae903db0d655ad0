/** What a shape means: its name, the labels it is for, how long an object must stay. */
import { Trash2 } from "lucide-react";
import { useId } from "react";
import { Button } from "@/parts/Button";
import { Select } from "@/parts/Select";
import { plainName, say } from "@/words";
import styles from "./Shapes.module.css";
import type { Shape } from "./shapes";

interface ShapeFormProps {
  shape: Shape;
  savedName: string | null; // of a zone that is in the file: stored events know it by that
  labels: readonly string[]; // that the camera looks for
  change: (shape: Shape) => void;
  remove: () => void;
}

export function ShapeForm({ shape, savedName, labels, change, remove }: ShapeFormProps) {
  return (
    <div className={styles.form}>
      {shape.kind === "zone" && (
        <ZoneFields shape={shape} savedName={savedName} labels={labels} change={change} />
      )}
      {shape.kind === "object" && (
        <Select
          label={say("shapes.maskFor")}
          value={shape.label}
          choices={["", ...labels].map((value) => ({
            value,
            label: value === "" ? say("shapes.all") : plainName(value),
          }))}
          choose={(label) => change({ ...shape, label })}
        />
      )}
      <p className={styles.hint}>{say(`shapes.about.${shape.kind}`)}</p>
      <Button Icon={Trash2} onClick={remove}>
        {say("shapes.remove")}
      </Button>
    </div>
  );
}

function ZoneFields({ shape, savedName, labels, change }: Omit<ShapeFormProps, "remove">) {
  const { name, objects, inertia } = shape;
  const hint = useId();
  const isRenamed = savedName !== null && savedName !== name;
  const toggle = (label: string, isWanted: boolean) => {
    const rest = objects.filter((each) => each !== label);
    change({ ...shape, objects: isWanted ? [...rest, label] : rest });
  };
  return (
    <>
      <label className={styles.field}>
        {say("shapes.name")}
        <input
          value={name}
          aria-describedby={isRenamed ? hint : undefined}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => change({ ...shape, name: event.target.value.replaceAll(" ", "_") })}
        />
      </label>
      {isRenamed && (
        <p id={hint} className={styles.hint}>
          {say("shapes.renamed", { name: savedName })}
        </p>
      )}
      <fieldset className={styles.labels}>
        <legend>{say("shapes.for")}</legend>
        {[...new Set([...labels, ...objects])].map((label) => (
          <label key={label} className={styles.check}>
            <input
              type="checkbox"
              checked={objects.includes(label)}
              onChange={(event) => toggle(label, event.target.checked)}
            />
            {plainName(label)}
          </label>
        ))}
        <span className={styles.hint}>{say("shapes.noneIsAll")}</span>
      </fieldset>
      <label className={styles.field}>
        {say("shapes.inertia")}
        <input
          type="number"
          min={1}
          max={100}
          value={inertia}
          onChange={(event) =>
            change({ ...shape, inertia: Math.max(1, Math.round(event.target.valueAsNumber || 1)) })
          }
        />
      </label>
    </>
  );
}
