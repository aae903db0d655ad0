/** Zones and masks of a camera, drawn on its picture. */
import { useQuery } from "@tanstack/react-query";
import { Shapes as Icon } from "lucide-react";
import { type Config, configQuery } from "@/api/config";
import { Await } from "@/parts/Await";
import { EmptyState } from "@/parts/EmptyState";
import { say } from "@/words";
import { CameraChoice } from "../CameraChoice";
import { Drawing } from "./Drawing";
import { shapesOf } from "./shapes";

export function ShapesPage({ camera }: { camera: string | undefined }) {
  const config = useQuery(configQuery);
  return <Await query={config}>{(value) => <One config={value} name={camera} />}</Await>;
}

function One({ config, name }: { config: Config; name: string | undefined }) {
  const camera = config.cameras[name ?? Object.keys(config.cameras)[0] ?? ""];
  if (!camera) {
    return (
      <EmptyState
        title={say("settings.noCamera")}
        hint={say("settings.noCameraHint")}
        Icon={Icon}
      />
    );
  }
  const saved = shapesOf(camera);
  return (
    <>
      <CameraChoice config={config} chosen={camera.name} path="/settings/shapes" />
      <Drawing key={`${camera.name}/${JSON.stringify(saved)}`} camera={camera} saved={saved} />
    </>
  );
}
