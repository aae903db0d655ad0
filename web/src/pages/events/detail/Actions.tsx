/** What can be done with an event. */
import { useQueryClient } from "@tanstack/react-query";
import { CalendarClock, Download, EyeOff, Infinity as Forever, Image, Trash2 } from "lucide-react";
import { Link } from "wouter";
import type { Answer } from "@/api/answer";
import { tell } from "@/api/client";
import type { EventPatch, EventRow } from "@/api/events";
import { addressOf } from "@/api/routes";
import { Button, LinkButton } from "@/parts/Button";
import { notify } from "@/parts/toasts";
import { say } from "@/words";
import styles from "./Detail.module.css";

/** How the list learns what was done. */
export interface Changes {
  change: (id: string, patch: EventPatch & Partial<EventRow>) => void;
  hide: (id: string) => void;
  unhide: (id: string) => void;
}

export function Actions({ event, ...changes }: { event: EventRow } & Changes) {
  const { id, retain_indefinitely: isRetained } = event;
  const act = useActions(event, changes);
  const file = (route: string) => addressOf(route, { event_id: id, download: 1 });
  return (
    <div className={styles.actions}>
      <Button
        Icon={Forever}
        tone={isRetained ? "chosen" : "plain"}
        aria-pressed={isRetained}
        title={say(isRetained ? "event.release" : "event.retain")}
        onClick={() => void act.retain(!isRetained)}
      >
        {say("event.retain")}
      </Button>
      {event.has_clip && (
        <LinkButton Icon={Download} href={file("/api/events/{event_id}/clip.mp4")}>
          {say("event.downloadClip")}
        </LinkButton>
      )}
      {event.has_snapshot && (
        <LinkButton Icon={Image} href={file("/api/events/{event_id}/snapshot.jpg")}>
          {say("event.downloadSnapshot")}
        </LinkButton>
      )}
      <Link href={recordingAddress(event)} asChild>
        <LinkButton Icon={CalendarClock}>{say("event.inRecordings")}</LinkButton>
      </Link>
      {event.data.type === "object" && !event.false_positive && (
        <Button Icon={EyeOff} onClick={() => void act.markFalse()}>
          {say("event.false")}
        </Button>
      )}
      <Button tone="alert" Icon={Trash2} onClick={act.remove}>
        {say("event.delete")}
      </Button>
    </div>
  );
}

function recordingAddress({ camera, start_time }: EventRow): string {
  return addressOf("/recordings", { camera, time: Math.floor(start_time) });
}

function useActions(event: EventRow, { change, hide, unhide }: Changes) {
  const queries = useQueryClient();
  const address = { event_id: event.id };

  /** Whether it was done; a refusal is said. */
  const isDone = (answer: Answer<unknown>) => {
    if (answer.kind === "failed") {
      notify({ tone: "alert", text: say("event.failed", { reason: answer.message }) });
    }
    return answer.kind === "ok";
  };
  const learn = (patch: Partial<EventRow>) => {
    change(event.id, patch);
    void queries.invalidateQueries({ queryKey: ["/api/events/{event_id}"] });
  };
  const lift = async () => {
    if (isDone(await tell("delete", "/api/suppressions/{event_id}", address))) {
      learn({ false_positive: false });
    }
  };
  return {
    retain: async (isWanted: boolean) => {
      const method = isWanted ? "post" : "delete";
      if (isDone(await tell(method, "/api/events/{event_id}/retain", address))) {
        learn({ retain_indefinitely: isWanted });
      }
    },
    markFalse: async () => {
      if (!isDone(await tell("post", "/api/events/{event_id}/suppress", address, {}))) return;
      learn({ false_positive: true });
      notify({ text: say("event.falseTold"), undo: () => void lift() });
    },
    remove: () => {
      hide(event.id);
      notify({
        text: say("event.deleted"),
        undo: () => unhide(event.id),
        whenGone: () =>
          void tell("delete", "/api/events/{event_id}", address).then((answer) => {
            if (!isDone(answer)) unhide(event.id);
          }),
      });
    },
  };
}
