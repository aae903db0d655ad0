/** A name for who or what it was. */
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { tell } from "@/api/client";
import type { EventRow } from "@/api/events";
import { Button } from "@/parts/Button";
import { notify } from "@/parts/toasts";
import { say } from "@/words";
import type { Changes } from "./Actions";
import styles from "./Detail.module.css";

const LONGEST = 100; // letters; the server refuses more

export function SubLabel({ event, change }: { event: EventRow } & Pick<Changes, "change">) {
  const [name, setName] = useState(event.sub_label ?? "");
  const queries = useQueryClient();
  const id = useId();
  const save = async (submit: FormEvent) => {
    submit.preventDefault();
    const route = "/api/events/{event_id}/sub_label";
    const answer = await tell("post", route, { event_id: event.id }, { subLabel: name.trim() });
    if (answer.kind === "failed") {
      return notify({ tone: "alert", text: say("event.failed", { reason: answer.message }) });
    }
    change(event.id, { sub_label: name.trim() || null });
    void queries.invalidateQueries({ queryKey: ["/api/events/{event_id}"] });
    void queries.invalidateQueries({ queryKey: ["/api/sub_labels"] });
  };
  return (
    <form className={styles.subLabel} onSubmit={(submit) => void save(submit)}>
      <label htmlFor={id}>{say("event.subLabel")}</label>
      <input
        id={id}
        value={name}
        maxLength={LONGEST}
        placeholder={say("event.subLabelHint")}
        onChange={(typed) => setName(typed.target.value)}
      />
      <Button type="submit" disabled={name.trim() === (event.sub_label ?? "")}>
        {say("event.save")}
      </Button>
    </form>
  );
}
