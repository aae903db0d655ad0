/** The drawing of one camera: the picture, the list of shapes, what is chosen, saving. */

import { useQueryClient } from "@tanstack/react-query";
import { Redo2, Save, Undo2 } from "lucide-react";
import { useState } from "react";
import { changeSettings } from "@/api/changeConfig";
import { type Camera, configQuery } from "@/api/config";
import type { Corner } from "@/api/polygons";
import { Button, IconButton } from "@/parts/Button";
import { notify } from "@/parts/toasts";
import { say } from "@/words";
import { Canvas } from "./Canvas";
import { ShapeForm } from "./ShapeForm";
import { ShapeList } from "./ShapeList";
import styles from "./Shapes.module.css";
import { faultOf, type Kind, type Shape, settingsOf } from "./shapes";
import { useDrawing } from "./useDrawing";

interface DrawingProps {
  camera: Camera;
  saved: readonly Shape[];
}

export function Drawing({ camera, saved }: DrawingProps) {
  const drawing = useDrawing(`${camera.name}/${JSON.stringify(saved)}`, saved);
  const [begun, setBegun] = useState<Kind | null>(null);
  const { shapes, chosen } = drawing;
  const finish = (corners: readonly Corner[]) => {
    if (begun !== null) drawing.add(begun, corners);
    setBegun(null);
  };
  return (
    <div className={styles.page}>
      <div>
        <Canvas
          camera={camera}
          shapes={shapes}
          chosen={chosen}
          begun={begun}
          choose={drawing.choose}
          finish={finish}
          cancel={() => setBegun(null)}
          change={drawing.change}
        />
        <p className={styles.hint} role="status">
          {say(begun ? "shapes.drawHint" : chosen ? "shapes.cornerHint" : "shapes.hint")}
        </p>
      </div>
      <div className={styles.side}>
        <div className={styles.actions}>
          <SaveButton camera={camera.name} saved={saved} shapes={shapes} done={drawing.forget} />
          <IconButton
            label={say("action.undo")}
            Icon={Undo2}
            onClick={drawing.undo}
            disabled={!drawing.canUndo}
          />
          <IconButton
            label={say("shapes.redo")}
            Icon={Redo2}
            onClick={drawing.redo}
            disabled={!drawing.canRedo}
          />
        </div>
        <ShapeList shapes={shapes} chosen={chosen} choose={drawing.choose} begin={setBegun} />
        {chosen && (
          <ShapeForm
            key={chosen.id}
            shape={chosen}
            savedName={saved.find(({ id }) => id === chosen.id)?.name ?? null}
            labels={camera.objects.track}
            change={drawing.change}
            remove={() => drawing.remove(chosen)}
          />
        )}
      </div>
    </div>
  );
}

interface SaveButtonProps {
  camera: string;
  saved: readonly Shape[];
  shapes: readonly Shape[];
  done: () => void;
}

function SaveButton({ camera, saved, shapes, done }: SaveButtonProps) {
  const queries = useQueryClient();
  const [isSaving, setIsSaving] = useState(false);
  const settings = settingsOf(camera, saved, shapes);
  const fault = faultOf(shapes);
  const save = async () => {
    setIsSaving(true);
    const answer = await changeSettings(settings);
    setIsSaving(false);
    if (answer.kind === "failed") {
      return notify({ tone: "alert", text: say("settings.refused", { reason: answer.message }) });
    }
    if (answer.kind === "ok") notify({ text: answer.value.message });
    done();
    await queries.invalidateQueries({ queryKey: configQuery.queryKey });
  };
  return (
    <>
      <Button
        tone="accent"
        Icon={Save}
        disabled={isSaving || settings.length === 0 || fault !== null}
        onClick={() => void save()}
      >
        {say("config.save")}
      </Button>
      {fault && (
        <p role="alert" className={styles.fault}>
          {say(`shapes.fault.${fault}`)}
        </p>
      )}
    </>
  );
}
