/** What an address led to: picture, streams and their roles; a name, and the camera is added. */
import { useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useLocation } from "wouter";
import { tell } from "@/api/client";
import { cameBack } from "@/api/comeBack";
import type { Result } from "@/api/routes";
import { Button } from "@/parts/Button";
import { notify } from "@/parts/toasts";
import { say } from "@/words";
import styles from "./Add.module.css";
import { lackOf, plainKey, ROLES, type Role, rolesFor } from "./addresses";

const PATIENCE_MS = 120_000; // until a restart is thought to have failed

export interface FoundStream {
  url: string;
  found: Result<"post", "/api/cameras/probe">;
}

interface FoundProps {
  streams: readonly FoundStream[];
  taken: readonly string[]; // names of other cameras
}

export function Found({ streams, taken }: FoundProps) {
  const [name, setName] = useState("");
  const [roles, setRoles] = useState(() =>
    rolesFor(streams.map(({ found }) => found.suggested_roles)),
  );
  const [isAdding, add] = useAdding();
  const key = plainKey(name);
  const lack = lackOf(key, roles, taken);
  const picture = streams.find(({ found }) => found.picture)?.found.picture;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const inputs = streams.map(({ url }, index) => ({ url, roles: [...(roles[index] ?? [])] }));
    void add(
      key,
      inputs.filter(({ roles }) => roles.length > 0),
    );
  };
  return (
    <form className={styles.found} onSubmit={submit}>
      {picture ? (
        <img className={styles.picture} src={picture} alt={say("add.picture")} />
      ) : (
        <p>{say("add.noPicture")}</p>
      )}
      <ul className={styles.streams}>
        {streams.map((stream, index) => (
          <li key={stream.url}>
            <Stream
              stream={stream}
              roles={roles[index] ?? []}
              change={(next) => setRoles(roles.map((each, at) => (at === index ? next : each)))}
            />
          </li>
        ))}
      </ul>
      <label className={styles.field}>
        {say("add.name")}
        <input
          value={name}
          placeholder="front_door"
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
        <span className={styles.hint}>
          {lack !== null && (name !== "" || lack === "detect")
            ? say(`add.lack.${lack}`)
            : say("add.nameHint")}
        </span>
      </label>
      <Button type="submit" tone="accent" Icon={Plus} disabled={lack !== null || isAdding}>
        {say("add.add")}
      </Button>
      <p role="status">{isAdding && say("add.adding")}</p>
    </form>
  );
}

interface StreamProps {
  stream: FoundStream;
  roles: readonly Role[];
  change: (roles: Role[]) => void;
}

function Stream({ stream: { found }, roles, change }: StreamProps) {
  const [video] = found.streams;
  const offered = ROLES.filter((role) => role !== "audio" || video?.has_audio);
  return (
    <fieldset className={styles.stream}>
      <legend>
        {video
          ? say(video.has_audio ? "add.streamSound" : "add.stream", {
              codec: video.codec.toUpperCase(),
              size: `${video.width} × ${video.height}`,
              rate: Math.round(video.fps),
            })
          : say("add.noStream")}
      </legend>
      {offered.map((role) => (
        <label key={role} className={styles.check}>
          <input
            type="checkbox"
            checked={roles.includes(role)}
            onChange={(event) =>
              change(
                ROLES.filter((each) =>
                  each === role ? event.target.checked : roles.includes(each),
                ),
              )
            }
          />
          {say(`add.role.${role}`)}
        </label>
      ))}
    </fieldset>
  );
}

interface Input {
  url: string;
  roles: Role[];
}

/** Adds a camera, waits until Picket is back with it, and goes to its picture. */
function useAdding(): [isAdding: boolean, add: (name: string, inputs: Input[]) => Promise<void>] {
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [isAdding, setIsAdding] = useState(false);
  const add = async (name: string, inputs: Input[]) => {
    setIsAdding(true);
    const back = cameBack(PATIENCE_MS);
    const answer = await tell("post", "/api/cameras", {}, { name, inputs, detect: {} });
    if (answer.kind !== "ok") {
      setIsAdding(false);
      const reason = answer.kind === "failed" ? answer.message : "";
      return notify({ tone: "alert", text: say("settings.refused", { reason }) });
    }
    if (!(await back)) notify({ tone: "alert", text: say("settings.notBack") });
    await queries.invalidateQueries();
    go(`/live/${name}`);
  };
  return [isAdding, add];
}
