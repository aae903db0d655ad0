/** The cameras where something happens, in one picture. */
import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { BIRDSEYE, configQuery } from "@/api/config";
import { Await } from "@/parts/Await";
import { CameraPicture } from "@/parts/CameraPicture";
import { EmptyState } from "@/parts/EmptyState";
import { PageHeader } from "@/parts/PageHeader";
import { say } from "@/words";
import { Back } from "../Back";
import { FullScreen } from "../FullScreen";
import styles from "../view/Stage.module.css";

const PAUSE_S = 0.15;

export function BirdseyeView() {
  const config = useQuery(configQuery);
  const stage = useRef<HTMLDivElement>(null);
  return (
    <>
      <PageHeader title={say("live.birdseye")} before={<Back />}>
        <FullScreen stage={stage} />
      </PageHeader>
      <Await query={config}>
        {({ birdseye: { enabled, width, height } }) =>
          enabled ? (
            <div
              ref={stage}
              className={styles.stage}
              style={{ "--ratio": width / height } as object}
            >
              <CameraPicture camera={BIRDSEYE} height_px={height} every_s={PAUSE_S} />
            </div>
          ) : (
            <EmptyState title={say("live.birdseyeOff")} hint={say("live.birdseyeOffHint")} />
          )
        }
      </Await>
    </>
  );
}
