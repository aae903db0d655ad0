/** Which camera is meant; it stands in the address. */
import { useLocation } from "wouter";
import type { Config } from "@/api/config";
import { Select } from "@/parts/Select";
import { plainName, say } from "@/words";
import styles from "./Settings.module.css";

interface CameraChoiceProps {
  config: Config;
  chosen: string;
  path: string; // that the name is added to
}

export function CameraChoice({ config, chosen, path }: CameraChoiceProps) {
  const [, go] = useLocation();
  return (
    <div className={styles.choice}>
      <Select
        label={say("settings.camera")}
        value={chosen}
        choices={Object.keys(config.cameras).map((value) => ({ value, label: plainName(value) }))}
        choose={(name) => go(`${path}/${name}`)}
      />
    </div>
  );
}
