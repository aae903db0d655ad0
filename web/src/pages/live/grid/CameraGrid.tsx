/** All cameras at once, as large as the window allows. */
import { useQuery } from "@tanstack/react-query";
import { Plus, Video } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { type Camera, configQuery, shownCameras } from "@/api/config";
import { Await } from "@/parts/Await";
import { EmptyState } from "@/parts/EmptyState";
import { PageHeader } from "@/parts/PageHeader";
import { say } from "@/words";
import { useFreshPresence } from "../activity";
import styles from "./CameraGrid.module.css";
import { CameraTile } from "./CameraTile";
import { bestLayout, type Layout, type Room } from "./layout";

const ALL: Layout = { columns: 1, width_px: null };

export function CameraGrid() {
  const config = useQuery(configQuery);
  useFreshPresence();
  return (
    <>
      <PageHeader title={say("live.title")} />
      <Await query={config}>{(value) => <Tiles cameras={shownCameras(value)} />}</Await>
    </>
  );
}

function Tiles({ cameras }: { cameras: readonly Camera[] }) {
  const grid = useRef<HTMLUListElement>(null);
  const room = useRoom(grid);
  if (cameras.length === 0) return <NoCameras />;
  const { columns, width_px } = room ? bestLayout(cameras.length, room) : ALL;
  return (
    <ul
      ref={grid}
      className={styles.grid}
      style={{
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        maxWidth: width_px ?? undefined,
      }}
    >
      {cameras.map((camera) => (
        <li key={camera.name}>
          <CameraTile name={camera.name} />
        </li>
      ))}
    </ul>
  );
}

function NoCameras() {
  return (
    <EmptyState
      title={say("live.none")}
      hint={say("live.noneHint")}
      Icon={Video}
      action={
        <Link href="/settings/add-camera" className={styles.add}>
          <Plus aria-hidden size={16} />
          {say("live.add")}
        </Link>
      }
    />
  );
}

/** The width of the grid, and the height between its top and the window's lower edge. */
function useRoom(grid: RefObject<HTMLElement | null>): Room | null {
  const [room, setRoom] = useState<Room | null>(null);
  useEffect(() => {
    const measure = () => {
      if (grid.current === null) return;
      const { top, width } = grid.current.getBoundingClientRect();
      const below = Number.parseFloat(getComputedStyle(document.body).getPropertyValue("--s4"));
      setRoom({ width_px: width, height_px: innerHeight - (top + scrollY) - below });
    };
    measure();
    addEventListener("resize", measure);
    return () => removeEventListener("resize", measure);
  }, [grid]);
  return room;
}
