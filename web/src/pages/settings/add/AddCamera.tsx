/** A new camera: its address, what it leads to, and then its name. */
import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { type FormEvent, useState } from "react";
import { probeCamera } from "@/api/changeConfig";
import { configQuery } from "@/api/config";
import { Button } from "@/parts/Button";
import { Select } from "@/parts/Select";
import { say } from "@/words";
import styles from "./Add.module.css";
import { addressesOf, type Known, MAKES, type Make, NOTHING } from "./addresses";
import { Found, type FoundStream } from "./Found";

type State =
  | { kind: "asked" }
  | { kind: "trying" }
  | { kind: "failed"; reason: string }
  | { kind: "found"; streams: readonly FoundStream[] };

/** What addresses lead to; of two the second may be missing, for not every camera has it. */
async function tryAll(addresses: readonly string[]): Promise<State> {
  const streams: FoundStream[] = [];
  for (const url of addresses) {
    const answer = await probeCamera(url);
    if (answer.kind === "ok") streams.push({ url, found: answer.value });
    else if (answer.kind === "failed" && streams.length === 0) {
      return { kind: "failed", reason: answer.message };
    }
  }
  return { kind: "found", streams };
}

export function AddCamera() {
  const { data: config } = useQuery(configQuery);
  const [known, setKnown] = useState<Known>(NOTHING);
  const [state, setState] = useState<State>({ kind: "asked" });
  const addresses = addressesOf(known);
  const change = (part: Partial<Known>) => {
    setKnown({ ...known, ...part });
    setState({ kind: "asked" });
  };
  const test = async (event: FormEvent) => {
    event.preventDefault();
    setState({ kind: "trying" });
    setState(await tryAll(addresses));
  };
  return (
    <div className={styles.page}>
      <h2 className={styles.title}>{say("add.title")}</h2>
      <form className={styles.form} onSubmit={(event) => void test(event)}>
        <Select
          label={say("add.make")}
          value={known.make}
          choices={[
            { value: "other" as Make, label: say("add.other") },
            ...Object.entries(MAKES).map(([value, label]) => ({ value: value as Make, label })),
          ]}
          choose={(make) => change({ make })}
        />
        {known.make === "other" ? (
          <AddressField known={known} change={change} />
        ) : (
          <HostFields known={known} change={change} />
        )}
        <Button
          type="submit"
          tone={state.kind === "found" ? "plain" : "accent"}
          Icon={Search}
          disabled={addresses.length === 0 || state.kind === "trying"}
        >
          {say("add.test")}
        </Button>
      </form>
      <div role="status">{state.kind === "trying" && <p>{say("add.trying")}</p>}</div>
      {state.kind === "failed" && (
        <div role="alert" className={styles.failure}>
          <p>{state.reason}</p>
          <p className={styles.hint}>{say("add.failedCure")}</p>
        </div>
      )}
      {state.kind === "found" && (
        <Found streams={state.streams} taken={Object.keys(config?.cameras ?? {})} />
      )}
    </div>
  );
}

interface FieldsProps {
  known: Known;
  change: (part: Partial<Known>) => void;
}

function AddressField({ known, change }: FieldsProps) {
  return (
    <label className={styles.field}>
      {say("add.address")}
      <input
        value={known.address}
        placeholder="rtsp://user:password@192.168.1.20:554/stream1"
        inputMode="url"
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => change({ address: event.target.value })}
      />
      <span className={styles.hint}>{say("add.addressHint")}</span>
    </label>
  );
}

function HostFields({ known, change }: FieldsProps) {
  return (
    <>
      <label className={styles.field}>
        {say("add.host")}
        <input
          value={known.host}
          placeholder="192.168.1.20"
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => change({ host: event.target.value })}
        />
      </label>
      <label className={styles.field}>
        {say("add.user")}
        <input
          value={known.user}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => change({ user: event.target.value })}
        />
      </label>
      <label className={styles.field}>
        {say("add.password")}
        <input
          type="password"
          value={known.password}
          autoComplete="off"
          onChange={(event) => change({ password: event.target.value })}
        />
      </label>
    </>
  );
}
