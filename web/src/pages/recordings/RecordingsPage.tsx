/** The page Recordings: what cameras have recorded, several of them in step. */
import { useQuery } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import { useSearch } from "wouter";
import { clockStyleOf, configQuery, shownCameras } from "@/api/config";
import { Await } from "@/parts/Await";
import { EmptyState } from "@/parts/EmptyState";
import { PageHeader } from "@/parts/PageHeader";
import { OWN_ZONE } from "@/time/days";
import { say } from "@/words";
import { readPlace } from "./place";
import { Recordings } from "./Recordings";

export function RecordingsPage() {
  const config = useQuery(configQuery);
  const place = readPlace(new URLSearchParams(useSearch()));
  return (
    <Await query={config}>
      {(value) => {
        const all = shownCameras(value);
        const names = all.map(({ name }) => name);
        const usual = (all.find(({ record }) => record.enabled) ?? all[0])?.name;
        if (usual === undefined) return <NoCameras />;
        const wanted = place.cameras.filter((name) => name in value.cameras);
        return (
          <Recordings
            cameras={[...new Set([...names, ...wanted])]}
            wanted={wanted.length > 0 ? wanted : [usual]}
            time={place.time}
            zone={clockStyleOf(value).timeZone ?? OWN_ZONE}
          />
        );
      }}
    </Await>
  );
}

function NoCameras() {
  return (
    <>
      <PageHeader title={say("recordings.title")} />
      <EmptyState
        Icon={CalendarClock}
        title={say("recordings.none")}
        hint={say("recordings.noneHint")}
      />
    </>
  );
}
