/** Screens, controls and timelines, and what joins them. */
import { CircleHelp } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useLocation } from "wouter";
import { IconButton } from "@/parts/Button";
import { PageHeader } from "@/parts/PageHeader";
import { dayOf } from "@/time/days";
import { say } from "@/words";
import { CameraMenu } from "./CameraMenu";
import { DayPicker } from "./days/DayPicker";
import { ExportBar } from "./export/ExportBar";
import { RangeEdges } from "./export/RangeEdges";
import { useRange } from "./export/useRange";
import { KeySheet } from "./keys/KeySheet";
import { goToDay, useDeeds } from "./keys/useDeeds";
import { addressOfPlace } from "./place";
import { Conductor } from "./player/conductor";
import styles from "./RecordingsPage.module.css";
import { GapList } from "./rows/GapList";
import { useCloseRows, useDaysWithFootage, useRows } from "./rows/useRows";
import { Screens } from "./screens/Screens";
import { Tools } from "./screens/Tools";
import { Status, Transport } from "./screens/Transport";
import { Timeline } from "./timeline/Timeline";
import { useView } from "./timeline/useView";
import { useAddress } from "./useAddress";

const BEHIND_S = 60; // where one begins who names no moment

interface RecordingsProps {
  cameras: readonly string[]; // that there are
  wanted: readonly string[]; // that are shown
  time: number | null;
  zone: string;
}

export function Recordings({ cameras, wanted, time, zone }: RecordingsProps) {
  const joined = wanted.join();
  const shown = useMemo(() => joined.split(","), [joined]);
  const [conductor] = useState(
    () => new Conductor(time ?? Date.now() / 1000 - BEHIND_S, time !== null),
  );
  useEffect(() => conductor.start(), [conductor]);
  useAddress(conductor, shown);
  const [, navigate] = useLocation();
  const timeline = useView(conductor, zone);
  const { day, view, look } = timeline;
  const rows = useRows(shown, day);
  const closeRows = useCloseRows(rows, view, day);
  const days = useDaysWithFootage(shown, zone);
  const range = useRange(conductor, timeline);
  const [isMuted, setIsMuted] = useState(true);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const act = useDeeds({
    conductor,
    timeline,
    rows,
    zone,
    setRangeEdge: range.setEdge,
    close: range.close,
    help: () => setIsHelpOpen(true),
  });
  const show = (chosen: readonly string[]) =>
    navigate(addressOfPlace({ cameras: chosen, time: conductor.shown().time }), { replace: true });
  return (
    <>
      <PageHeader title={say("recordings.title")}>
        <IconButton
          label={say("recordings.keys")}
          Icon={CircleHelp}
          onClick={() => act({ kind: "help" })}
        />
      </PageHeader>
      <div className={styles.choices}>
        <CameraMenu cameras={cameras} chosen={shown} choose={show} />
        <DayPicker
          day={timeline.dayName}
          today={dayOf(Date.now() / 1000, zone)}
          withFootage={days}
          choose={(chosen) => goToDay({ conductor, timeline, zone }, chosen)}
        />
      </div>
      <Screens
        conductor={conductor}
        rows={rows}
        days={days}
        day={day}
        zone={zone}
        isMuted={isMuted}
        show={show}
      />
      <Transport conductor={conductor} act={act}>
        <Tools
          act={act}
          isMuted={isMuted}
          setIsMuted={setIsMuted}
          isRangeOpen={range.range !== null}
          toggleRange={range.toggle}
          liveHref={shown.length === 1 ? `/live/${shown[0]}` : "/live"}
        />
      </Transport>
      <Status conductor={conductor} />
      <Timeline
        conductor={conductor}
        rows={closeRows}
        day={day}
        view={view}
        zone={zone}
        look={look}
      >
        {range.range && (
          <RangeEdges range={range.range} view={view} day={day} change={range.change} />
        )}
      </Timeline>
      {range.range && (
        <ExportBar
          cameras={shown}
          range={range.range}
          setEdge={range.setEdge}
          close={range.close}
        />
      )}
      <GapList rows={rows} show={(gapTime) => act({ kind: "to", time: gapTime })} />
      <KeySheet isOpen={isHelpOpen} close={() => setIsHelpOpen(false)} />
    </>
  );
}
