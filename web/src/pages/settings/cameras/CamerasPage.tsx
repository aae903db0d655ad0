/** Every camera with its switches and the ways to its other settings. */
import { useQuery } from "@tanstack/react-query";
import { Plus, Video } from "lucide-react";
import { Link } from "wouter";
import { changeSettings } from "@/api/changeConfig";
import { type Camera, type Config, configQuery } from "@/api/config";
import { topics } from "@/api/topics";
import { useTopic } from "@/api/useTopics";
import { Await } from "@/parts/Await";
import { EmptyState } from "@/parts/EmptyState";
import { notify } from "@/parts/toasts";
import { plainName, say } from "@/words";
import styles from "./Cameras.module.css";
import { Switch } from "./Switch";
import { type Feature, featuresOf, isOnByConfig, keyOf, lockOf, payloadOf } from "./switches";

export function CamerasPage() {
  const config = useQuery(configQuery);
  return <Await query={config}>{(value) => <Cards config={value} />}</Await>;
}

function Cards({ config }: { config: Config }) {
  const cameras = Object.values(config.cameras);
  const add = (
    <Link href="/settings/add-camera" className={styles.add}>
      <Plus aria-hidden size={16} />
      {say("settings.add")}
    </Link>
  );
  if (cameras.length === 0) {
    return (
      <EmptyState title={say("live.none")} hint={say("live.noneHint")} Icon={Video} action={add} />
    );
  }
  return (
    <>
      <p className={styles.hint}>{say("cameras.hint")}</p>
      <ul className={styles.cards}>
        {cameras.map((camera) => (
          <li key={camera.name}>
            <Card camera={camera} config={config} />
          </li>
        ))}
      </ul>
      {add}
    </>
  );
}

function Card({ camera, config }: { camera: Camera; config: Config }) {
  const detect = useTopic(`${camera.name}/detect/state`);
  const isDetecting = detect === undefined ? camera.detect.enabled : detect === "ON";
  return (
    <section className={styles.card} aria-label={plainName(camera.name)}>
      <h2>{plainName(camera.name)}</h2>
      {featuresOf(camera, config).map((feature) => (
        <FeatureSwitch
          key={feature}
          camera={camera}
          feature={feature}
          lock={lockOf(feature, isDetecting)}
        />
      ))}
      <div className={styles.ways}>
        <Link href={`/settings/motion/${camera.name}`}>{say("settings.motion")}</Link>
        <Link href={`/settings/shapes/${camera.name}`}>{say("settings.shapes")}</Link>
      </div>
    </section>
  );
}

interface FeatureSwitchProps {
  camera: Camera;
  feature: Feature;
  lock: ReturnType<typeof lockOf>;
}

/** Switched at once by its topic, and in the file, so that it stays over a restart. */
function FeatureSwitch({ camera, feature, lock }: FeatureSwitchProps) {
  const state = useTopic(`${camera.name}/${feature}/state`);
  const isOn = state === undefined ? isOnByConfig(camera, feature) : state === "ON";
  const turn = async (next: boolean) => {
    topics.tell(`${camera.name}/${feature}/set`, payloadOf(next));
    const answer = await changeSettings([{ key: keyOf(camera.name, feature), values: [next] }]);
    if (answer.kind === "failed") {
      notify({ tone: "alert", text: say("settings.refused", { reason: answer.message }) });
    } else if (answer.kind === "ok") notify({ text: answer.value.message });
  };
  return (
    <Switch
      label={say(`cameras.${feature}`)}
      hint={lock ? say(`cameras.${lock}`) : undefined}
      isOn={isOn}
      isLocked={lock !== null}
      turn={(next) => void turn(next)}
    />
  );
}
