/** One camera, as large as it goes. */
import { useQuery } from "@tanstack/react-query";
import { Camera as SnapshotIcon, Volume2, VolumeOff } from "lucide-react";
import { useRef, useState } from "react";
import { type Camera, configQuery } from "@/api/config";
import { addressOf } from "@/api/routes";
import { Await } from "@/parts/Await";
import { IconButton } from "@/parts/Button";
import { EmptyState } from "@/parts/EmptyState";
import type { LiveState } from "@/parts/live/feed";
import { PageHeader } from "@/parts/PageHeader";
import { plainName, say } from "@/words";
import { useFreshPresence } from "../activity";
import { Back } from "../Back";
import { FullScreen } from "../FullScreen";
import styles from "./CameraView.module.css";
import { OverlayMenu } from "./OverlayMenu";
import { debugArgs, NO_OVERLAYS, needsAnalysed } from "./overlays";
import { PtzPad } from "./ptz/PtzPad";
import { RecentEvents } from "./RecentEvents";
import { Stage } from "./Stage";
import { savePicture } from "./savePicture";

export function CameraView({ name }: { name: string }) {
  const config = useQuery(configQuery);
  return (
    <Await query={config}>
      {({ cameras }) => {
        const camera = cameras[name];
        return camera ? <View camera={camera} /> : <Unknown name={name} />;
      }}
    </Await>
  );
}

function View({ camera }: { camera: Camera }) {
  const { name } = camera;
  const stage = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<LiveState>({ kind: "waiting" });
  const [overlays, setOverlays] = useState(NO_OVERLAYS);
  const [isMuted, setIsMuted] = useState(true);
  const hasSound = state.kind === "playing" && state.hasSound;
  useFreshPresence();
  const save = () => {
    const still = addressOf("/api/{camera}/latest.jpg", { camera: name, ...debugArgs(overlays) });
    const video = needsAnalysed(overlays) ? null : stage.current?.querySelector("video");
    return savePicture(video ?? null, still, name);
  };
  return (
    <>
      <PageHeader title={plainName(name)} before={<Back />}>
        {hasSound && (
          <IconButton
            label={say(isMuted ? "live.soundOn" : "live.soundOff")}
            Icon={isMuted ? VolumeOff : Volume2}
            isPressed={!isMuted}
            onClick={() => setIsMuted(!isMuted)}
          />
        )}
        <OverlayMenu overlays={overlays} choose={setOverlays} />
        <IconButton label={say("live.snapshot")} Icon={SnapshotIcon} onClick={save} />
        <FullScreen stage={stage} />
      </PageHeader>
      <div className={styles.view}>
        <Stage
          camera={camera}
          overlays={overlays}
          isMuted={isMuted || !hasSound}
          state={state}
          onState={setState}
          ref={stage}
        />
        <aside className={styles.side}>
          <PtzPad camera={name} />
          <RecentEvents camera={name} />
        </aside>
      </div>
    </>
  );
}

function Unknown({ name }: { name: string }) {
  const title = say("live.unknown", { camera: name });
  return (
    <>
      <PageHeader title={title} before={<Back />} />
      <EmptyState title={title} hint={say("live.unknownHint")} />
    </>
  );
}
