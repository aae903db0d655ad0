/** All cameras at once, as large as the window allows. */
import { useQuery } from "@tanstack/react-query";
import { LayoutGrid, Plus, Video } from "lucide-react";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { BIRDSEYE, type Camera, configQuery, offersBirdseye, shownCameras } from "@/api/config";
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
      <PageHeader title={say("live.title")}>
        {config.data && offersBirdseye(config.data) && (
          <Link href={`/live/${BIRDSEYE}`} className={styles.birdseye}>
            <LayoutGrid aria-hidden size={16} />
            {say("live.birdseye")}
          </Link>
        )}
      </PageHeader>
      <Await query={config}>{(value) => <Tiles cameras={shownCameras(value)} />}</Await>
    </>
  );
}

function Tiles({ cameras }: { cameras: readonly Camera[] }) {
  const place = useRef<HTMLDivElement>(null);
  const room = useRoom(place);
  if (cameras.length === 0) return <NoCameras />;
  const { columns, width_px } = room ? bestLayout(cameras.length, room) : ALL;
  return (
    <div ref={place}>
      <ul
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
    </div>
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

/** The width of a place, and the height from its top to the end of the first screen. */
function useRoom(place: RefObject<HTMLElement | null>): Room | null {
  const [room, setRoom] = useState<Room | null>(null);
  useLayoutEffect(() => {
    const measure = () => {
      const main = place.current?.closest("main");
      if (!place.current || !main) return;
      const { top, width } = place.current.getBoundingClientRect();
      const below_px = Number.parseFloat(getComputedStyle(main).paddingBottom);
      setRoom({ width_px: width, height_px: innerHeight - (top + scrollY) - below_px });
    };
    measure();
    addEventListener("resize", measure);
    return () => removeEventListener("resize", measure);
  }, [place]);
  return room;
}
