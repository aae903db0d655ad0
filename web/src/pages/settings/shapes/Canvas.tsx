/** The picture of a camera with its shapes; the chosen one has handles, a new one grows by clicks. */

import { type MouseEvent, useEffect, useRef, useState } from "react";
import type { Camera } from "@/api/config";
import type { Corner } from "@/api/polygons";
import { CameraPicture } from "@/parts/CameraPicture";
import { classes } from "@/parts/classes";
import { say } from "@/words";
import { CornerHandles } from "./CornerHandles";
import { areNear, MIDDLE } from "./corners";
import styles from "./Shapes.module.css";
import { type Kind, LEAST_CORNERS, type Shape } from "./shapes";

interface CanvasProps {
  camera: Camera;
  shapes: readonly Shape[];
  chosen: Shape | null;
  begun: Kind | null; // what is being drawn
  choose: (id: string | null) => void;
  finish: (corners: readonly Corner[]) => void;
  cancel: () => void;
  change: (shape: Shape) => void;
}

export function Canvas(props: CanvasProps) {
  const { camera, shapes, chosen, begun, choose, change } = props;
  const [moving, setMoving] = useState<readonly Corner[] | null>(null); // while a corner is dragged
  const { width, height } = camera.detect;
  const corners = (shape: Shape) => (shape.id === chosen?.id && moving) || shape.corners;
  return (
    <div className={styles.canvas}>
      <CameraPicture
        camera={camera.name}
        height_px={720}
        every_s={2}
        ratio={`${width ?? 16} / ${height ?? 9}`}
      />
      <svg
        className={styles.shapes}
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        aria-hidden="true" // the list beside it says the same
        onPointerDown={() => choose(null)}
      >
        {shapes.map((shape) => (
          <polygon
            key={shape.id}
            className={classes(styles[shape.kind], shape.id === chosen?.id && styles.chosen)}
            points={pointsOf(corners(shape))}
            onPointerDown={(event) => {
              event.stopPropagation();
              choose(shape.id);
            }}
          />
        ))}
      </svg>
      {begun && <Pen key={begun} {...props} begun={begun} />}
      {chosen && !begun && (
        <CornerHandles
          shape={chosen}
          corners={moving ?? chosen.corners}
          move={setMoving}
          settle={(settled) => {
            setMoving(null);
            change({ ...chosen, corners: settled });
          }}
        />
      )}
    </div>
  );
}

const pointsOf = (corners: readonly Corner[]) =>
  corners.map((corner) => corner.join(",")).join(" ");

/** Takes clicks as corners; Enter ends, Backspace takes the last one back, Escape all of them. */
function Pen({ begun, finish, cancel }: CanvasProps & { begun: Kind }) {
  const pen = useRef<HTMLButtonElement>(null);
  const [corners, setCorners] = useState<readonly Corner[]>([]);
  useEffect(() => pen.current?.focus(), []);
  const close = () => {
    if (corners.length === 0) finish(MIDDLE);
    else if (corners.length >= LEAST_CORNERS) finish(corners);
  };
  const set = (event: MouseEvent<HTMLButtonElement>) => {
    if (event.detail === 0) return close(); // by keyboard
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const at: Corner = [(event.clientX - left) / width, (event.clientY - top) / height];
    if (corners[0] && areNear(corners[0], at)) close();
    else setCorners([...corners, at]);
  };
  return (
    <>
      <svg
        className={styles.shapes}
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <polygon className={classes(styles[begun], styles.chosen)} points={pointsOf(corners)} />
      </svg>
      {corners.map(([x, y]) => (
        <span
          key={`${x}/${y}`}
          className={styles.dot}
          style={{ left: `${x * 100}%`, top: `${y * 100}%` }}
        />
      ))}
      <button
        ref={pen}
        type="button"
        className={styles.pen}
        aria-label={say("shapes.pen")}
        onClick={set}
        onKeyDown={({ key }) => {
          if (key === "Escape") cancel();
          if (key === "Backspace") setCorners(corners.slice(0, -1));
        }}
      />
    </>
  );
}
