/** The filters that are rarely used. */
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { query } from "@/api/query";
import { Dialog } from "@/parts/Dialog";
import { Select } from "@/parts/Select";
import { percent } from "@/time/format";
import { say } from "@/words";
import { ChoiceMenu } from "./ChoiceMenu";
import styles from "./Filters.module.css";
import { type EventFilters, SWITCHES, type SwitchName, type YesNo } from "./filters";

interface MoreFiltersProps {
  isOpen: boolean;
  close: () => void;
  filters: EventFilters;
  change: (filters: EventFilters) => void;
}

export function MoreFilters({ isOpen, close, filters, change }: MoreFiltersProps) {
  const names = useQuery({ ...query("/api/sub_labels", { split_joined: 1 }), enabled: isOpen });
  const set = (part: Partial<EventFilters>) => change({ ...filters, ...part });
  const text = (name: "from" | "to" | "since" | "until", type: "date" | "time") => (
    <Field label={say(`filter.${name}`)}>
      {(id) => (
        <input
          id={id}
          type={type}
          className={styles.input}
          value={filters[name]}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <Dialog title={say("filter.more")} isOpen={isOpen} close={close}>
      <div className={styles.grid}>
        {text("from", "date")}
        {text("to", "date")}
        {text("since", "time")}
        {text("until", "time")}
        <Field label={say("filter.score", { score: percent(filters.minScore / 100) })}>
          {(id) => (
            <input
              id={id}
              type="range"
              min={0}
              max={100}
              step={5}
              value={filters.minScore}
              onChange={(event) => set({ minScore: event.target.valueAsNumber })}
            />
          )}
        </Field>
        <Field label={say("filter.length")}>
          {(id) => (
            <input
              id={id}
              type="number"
              min={0}
              className={styles.input}
              value={filters.minLength_s}
              onChange={(event) => set({ minLength_s: event.target.valueAsNumber || 0 })}
            />
          )}
        </Field>
        {SWITCHES.map((name) => (
          <Switch
            key={name}
            name={name}
            value={filters[name]}
            choose={(value) => set({ [name]: value })}
          />
        ))}
      </div>
      <ChoiceMenu
        label={say("filter.subLabel")}
        values={(names.data ?? []) as string[]}
        chosen={filters.sub_labels}
        nameOf={(name) => name}
        choose={(chosen) => set({ sub_labels: chosen })}
      />
    </Dialog>
  );
}

interface FieldProps {
  label: string;
  children: (id: string) => ReactNode;
}

function Field({ label, children }: FieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

interface SwitchProps {
  name: SwitchName;
  value: YesNo;
  choose: (value: YesNo) => void;
}

/** The API knows no "not kept forever". */
function Switch({ name, value, choose }: SwitchProps) {
  const choices = [
    { value: "" as const, label: say("filter.either") },
    { value: "1" as const, label: say("filter.yes") },
    { value: "0" as const, label: say("filter.no") },
  ];
  return (
    <Select<YesNo>
      label={say(`filter.${name}`)}
      value={value}
      choices={name === "favorites" ? choices.slice(0, 2) : choices}
      choose={choose}
    />
  );
}
