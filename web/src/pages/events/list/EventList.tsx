/** Cards under their days. Only what is near the window is drawn, however long the list is. */
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { day } from "@/time/format";
import { EventCard } from "./EventCard";
import styles from "./List.module.css";
import { columnsIn, type Row, rowsOf } from "./listing";
import type { EventList as Listed } from "./useEventList";

const LEAST_CARD_PX = 168;
const GAP_PX = 12;
const DAY_PX = 40;
const TEXT_PX = 62; // below the picture
const ROWS_AHEAD = 4;

interface EventListProps {
  list: Listed;
  hrefOf: (id: string) => string;
  openId: string | null;
}

export function EventList({ list, hrefOf, openId }: EventListProps) {
  const { events, query } = list;
  const [frame, width_px] = useWidth();
  const columns = columnsIn(width_px, LEAST_CARD_PX, GAP_PX);
  const rows = useMemo(() => rowsOf(events, columns), [events, columns]);
  const card_px = ((width_px + GAP_PX) / columns - GAP_PX) * 0.75 + TEXT_PX + GAP_PX;
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => (rows[index]?.kind === "day" ? DAY_PX : card_px),
    getItemKey: (index) => rows[index]?.key ?? index,
    scrollMargin: frame.current?.offsetTop ?? 0,
    overscan: ROWS_AHEAD,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was measured is another width's
  useLayoutEffect(() => virtual.measure(), [card_px]);
  const drawn = virtual.getVirtualItems();
  const isNearEnd = (drawn.at(-1)?.index ?? 0) >= rows.length - ROWS_AHEAD;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (isNearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isNearEnd, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <div ref={frame} className={styles.list} style={{ height: virtual.getTotalSize() }}>
      {width_px > 0 &&
        drawn.map((item) => {
          const row = rows[item.index];
          const offset_px = item.start - virtual.options.scrollMargin;
          return (
            row && (
              <div
                key={item.key}
                className={styles.row}
                style={{ height: item.size, transform: `translateY(${offset_px}px)` }}
              >
                <RowContent row={row} columns={columns} hrefOf={hrefOf} openId={openId} />
              </div>
            )
          );
        })}
    </div>
  );
}

interface RowContentProps {
  row: Row;
  columns: number;
  hrefOf: (id: string) => string;
  openId: string | null;
}

function RowContent({ row, columns, hrefOf, openId }: RowContentProps) {
  if (row.kind === "day") return <h2 className={styles.day}>{day(row.time)}</h2>;
  return (
    <div
      className={styles.cards}
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
    >
      {row.events.map((event) => (
        <EventCard
          key={event.id}
          event={event}
          href={hrefOf(event.id)}
          isOpen={event.id === openId}
        />
      ))}
    </div>
  );
}

/** An element and how wide it is, in pixels; 0 until it is known. */
function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const [width_px, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [frame, width_px] as const;
}
