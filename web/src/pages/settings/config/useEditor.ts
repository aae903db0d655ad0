/** The text editor as a component has it, and what the server thinks of its text. */
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Problem } from "@/api/answer";
import { checkFile } from "@/api/changeConfig";
import { say } from "@/words";
import { forgetDraft, useDraft } from "../drafts";
import type { Editor } from "./editor";
import type { ConfigFile } from "./file";

const PAUSE_MS = 500; // in writing, before the text is checked

export function useEditor(file: ConfigFile, save: () => void) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const [text, setText] = useDraft(file.text, () => file.text);
  const [problems, setProblems] = useState<readonly Problem[] | null>(null); // null: not known yet
  const textNow = useEffectEvent(() => text);
  const saveNow = useEffectEvent(save);
  const changed = useEffectEvent((written: string) => {
    setText(written);
    setProblems(null);
  });
  const mark = (found: readonly Problem[]) => {
    setProblems(found);
    editor.current?.mark(found);
  };
  const markNow = useEffectEvent(mark);

  useEffect(() => {
    let isGone = false;
    void import("./editor").then(({ openEditor }) => {
      if (isGone || host.current === null) return;
      editor.current = openEditor(host.current, {
        schema: file.schema,
        text: textNow(),
        label: say("config.label"),
        changed,
        save: saveNow,
      });
    });
    return () => {
      isGone = true;
      editor.current?.end();
      editor.current = null;
    };
  }, [file]);

  useEffect(() => {
    if (text === file.text) return markNow([]);
    let isOld = false;
    const check = async () => {
      const answer = await checkFile(text);
      if (!isOld && answer.kind !== "aborted")
        markNow(answer.kind === "ok" ? [] : problemsOf(answer));
    };
    const timer = setTimeout(() => void check(), PAUSE_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [text, file]);

  const forget = () => forgetDraft(file.text);
  return { host, text, problems, mark, forget, goTo: (line: number) => editor.current?.goTo(line) };
}

/** What is wrong; a refusal without a place is one of the whole file. */
export function problemsOf(refusal: {
  message: string;
  problems?: readonly Problem[];
}): readonly Problem[] {
  return refusal.problems ?? [{ line: 0, key: "", message: refusal.message }];
}
