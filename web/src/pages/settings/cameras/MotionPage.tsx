/** How motion is looked for: tried at once before the live picture, kept when it is right. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Save, Undo2 } from "lucide-react";
import { useId, useState } from "react";
import { changeSettings } from "@/api/changeConfig";
import { type Camera, type Config, configQuery } from "@/api/config";
import { addressOf } from "@/api/routes";
import { topics } from "@/api/topics";
import { useTopic } from "@/api/useTopics";
import { Await } from "@/parts/Await";
import { Badge } from "@/parts/Badge";
import { Button } from "@/parts/Button";
import { EmptyState } from "@/parts/EmptyState";
import { notify } from "@/parts/toasts";
import { plainName, say } from "@/words";
import { CameraChoice } from "../CameraChoice";
import styles from "./Cameras.module.css";
import { Switch } from "./Switch";
import {
  payloadOf,
  type Tunable,
  type Tuning,
  tuningOf,
  tuningSettings,
  withStates,
} from "./switches";

const HEIGHT_PX = 720;

export function MotionPage({ camera }: { camera: string | undefined }) {
  const config = useQuery(configQuery);
  return <Await query={config}>{(value) => <One config={value} name={camera} />}</Await>;
}

function One({ config, name }: { config: Config; name: string | undefined }) {
  const camera = config.cameras[name ?? Object.keys(config.cameras)[0] ?? ""];
  if (!camera) {
    return <EmptyState title={say("settings.noCamera")} hint={say("settings.noCameraHint")} />;
  }
  return (
    <>
      <CameraChoice config={config} chosen={camera.name} path="/settings/motion" />
      <Tune key={camera.name} camera={camera} />
    </>
  );
}

/** What is tried now, and the ways to change it. */
function useTuning(camera: Camera) {
  const told = {
    motion_threshold: useTopic(`${camera.name}/motion_threshold/state`),
    motion_contour_area: useTopic(`${camera.name}/motion_contour_area/state`),
    improve_contrast: useTopic(`${camera.name}/improve_contrast/state`),
  };
  const [tried, setTried] = useState<Partial<Tuning>>({}); // before its topic tells it
  const tuning = { ...withStates(tuningOf(camera), told), ...tried };
  const set = (next: Partial<Tuning>) => {
    setTried((before) => ({ ...before, ...next }));
    for (const [name, value] of Object.entries(next)) {
      topics.tell(`${camera.name}/${name}/set`, payloadOf(value));
    }
  };
  return { tuning, set };
}

function Tune({ camera }: { camera: Camera }) {
  const [saved, setSaved] = useState(() => tuningOf(camera));
  const { tuning, set } = useTuning(camera);
  const queries = useQueryClient();
  const isChanged = JSON.stringify(tuning) !== JSON.stringify(saved);
  const keep = async () => {
    const answer = await changeSettings(tuningSettings(camera.name, tuning));
    if (answer.kind === "failed") {
      return notify({ tone: "alert", text: say("settings.refused", { reason: answer.message }) });
    }
    if (answer.kind === "ok") notify({ text: answer.value.message });
    setSaved(tuning);
    await queries.invalidateQueries({ queryKey: configQuery.queryKey });
  };
  return (
    <div className={styles.tune}>
      <Picture camera={camera} />
      <div className={styles.sliders}>
        <p className={styles.hint}>{say("motion.hint")}</p>
        <Slider name="motion_threshold" most={100} value={tuning.motion_threshold} set={set} />
        <Slider
          name="motion_contour_area"
          most={100}
          value={tuning.motion_contour_area}
          set={set}
        />
        <Switch
          label={say("motion.improve_contrast")}
          isOn={tuning.improve_contrast}
          turn={(improve_contrast) => set({ improve_contrast })}
        />
        <div className={styles.ways}>
          <Button tone="accent" Icon={Save} disabled={!isChanged} onClick={() => void keep()}>
            {say("motion.keep")}
          </Button>
          <Button Icon={Undo2} disabled={!isChanged} onClick={() => set(saved)}>
            {say("motion.reset")}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** The frames that are analysed, with what triggers drawn in. */
function Picture({ camera: { name, detect } }: { camera: Camera }) {
  const isMoving = useTopic(`${name}/motion`) === "ON";
  const args = { camera: name, motion: 1, mask: 1, fps: detect.fps, h: HEIGHT_PX } as const;
  return (
    <div className={styles.picture}>
      <img
        style={{ aspectRatio: `${detect.width ?? 16} / ${detect.height ?? 9}` }}
        src={addressOf("/api/{camera}", args)}
        alt={say("camera.picture", { camera: plainName(name) })}
      />
      {isMoving && (
        <div className={styles.badge}>
          <Badge tone="motion">{say("live.motion")}</Badge>
        </div>
      )}
    </div>
  );
}

interface SliderProps {
  name: Tunable;
  most: number;
  value: number;
  set: (next: Partial<Tuning>) => void;
}

function Slider({ name, most, value, set }: SliderProps) {
  const id = useId();
  return (
    <div className={styles.slider}>
      <label htmlFor={id}>{say(`motion.${name}`)}</label>
      <span aria-hidden="true">{value}</span>
      <input
        id={id}
        aria-describedby={`${id}-hint`}
        type="range"
        min={1}
        max={Math.max(most, value)}
        value={value}
        onChange={(event) => set({ [name]: event.target.valueAsNumber })}
      />
      <p id={`${id}-hint`} className={styles.hint}>
        {say(`motion.${name}.hint`)}
      </p>
    </div>
  );
}
