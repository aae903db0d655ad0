/** One of a few choices: the browser's own control, which every phone and screen reader knows. */
import { ChevronDown } from "lucide-react";
import { classes } from "./classes";
import styles from "./Select.module.css";

export interface Choice<V extends string> {
  value: V;
  label: string;
}

interface SelectProps<V extends string> {
  label: string;
  value: V;
  choices: readonly Choice<V>[];
  choose: (value: V) => void;
  isLabelHidden?: boolean;
}

export function Select<V extends string>(props: SelectProps<V>) {
  const { label, value, choices, choose, isLabelHidden = false } = props;
  return (
    <label className={styles.field}>
      <span className={classes(styles.label, isLabelHidden && styles.hidden)}>{label}</span>
      <span className={styles.box}>
        <select
          className={styles.select}
          value={value}
          onChange={(event) => {
            const chosen = choices.find((each) => each.value === event.target.value);
            if (chosen) choose(chosen.value);
          }}
        >
          {choices.map((each) => (
            <option key={each.value} value={each.value}>
              {each.label}
            </option>
          ))}
        </select>
        <ChevronDown aria-hidden size={16} className={styles.arrow} />
      </span>
    </label>
  );
}
