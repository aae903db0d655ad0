/** Zones and masks, as they stand in the file. */
import type { Camera } from "@/api/config";
import { type Overlays, shapesOf } from "../overlays";
import styles from "./Shapes.module.css";

export function Shapes({ camera, overlays }: { camera: Camera; overlays: Overlays }) {
  const shapes = shapesOf(camera, overlays);
  if (shapes.length === 0) return null;
  return (
    <svg className={styles.shapes} viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      {shapes.map(({ kind, name, points }) => (
        <polygon key={`${kind}/${name}`} className={styles[kind]} points={points} />
      ))}
    </svg>
  );
}
