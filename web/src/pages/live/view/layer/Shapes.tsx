/** Zones and masks, as they stand in the file; a zone in which somebody is stands out. */
import { useMemo } from "react";
import type { Camera } from "@/api/config";
import { classes } from "@/parts/classes";
import { type Overlays, shapesOf } from "../overlays";
import styles from "./Shapes.module.css";

interface ShapesProps {
  camera: Camera;
  overlays: Overlays;
  occupied: ReadonlySet<string>; // names of zones
}

export function Shapes({ camera, overlays, occupied }: ShapesProps) {
  const shapes = useMemo(() => shapesOf(camera, overlays), [camera, overlays]);
  const zones = shapes.filter(({ kind }) => kind === "zone");
  const mark = (name: string) => occupied.has(name) && styles.occupied;
  if (shapes.length === 0) return null;
  return (
    <>
      <svg
        className={styles.shapes}
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {shapes.map(({ kind, name, points }) => (
          <polygon
            key={`${kind}/${name}`}
            className={classes(styles[kind], kind === "zone" && mark(name))}
            points={points}
          />
        ))}
      </svg>
      {zones.map(({ name, top: [x, y] }) => (
        <span
          key={name}
          className={classes(styles.name, mark(name))}
          style={{
            left: `${x * 100}%`,
            top: `${y * 100}%`,
            translate: `${x * -100}% ${y * -100}%`, // by its own share of the way: it never leaves the picture
          }}
          data-zone={name}
          data-occupied={occupied.has(name)}
        >
          {name}
        </span>
      ))}
    </>
  );
}
