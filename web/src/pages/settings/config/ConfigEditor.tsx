/** The configuration file in an editor: checked while it is written, compared before it is saved. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Save } from "lucide-react";
import { useState } from "react";
import type { Problem } from "@/api/answer";
import { Await } from "@/parts/Await";
import { Button } from "@/parts/Button";
import { say } from "@/words";
import { Compare } from "./Compare";
import styles from "./Config.module.css";
import { type ConfigFile, fileQuery } from "./file";
import { Problems } from "./Problems";
import { useEditor } from "./useEditor";

export function ConfigEditor() {
  const file = useQuery(fileQuery);
  return <Await query={file}>{(value) => <Opened key={value.text} file={value} />}</Await>;
}

function Opened({ file }: { file: ConfigFile }) {
  const [isComparing, setIsComparing] = useState(false);
  const queries = useQueryClient();
  const editor = useEditor(file, () => setIsComparing(true));
  const isChanged = editor.text !== file.text;
  const canSave = isChanged && editor.problems?.length === 0;
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <p className={styles.hint}>{say("config.hint")}</p>
        <Button tone="accent" Icon={Save} disabled={!canSave} onClick={() => setIsComparing(true)}>
          {say("config.save")}
        </Button>
      </div>
      <div ref={editor.host} className={styles.editor} />
      <Problems problems={editor.problems} isChanged={isChanged} goTo={editor.goTo} />
      <Compare
        isOpen={isComparing && canSave}
        before={file.text}
        after={editor.text}
        close={() => setIsComparing(false)}
        refused={(problems: readonly Problem[]) => editor.mark(problems)}
        saved={() => {
          editor.forget();
          void queries.invalidateQueries();
        }}
      />
    </div>
  );
}
