/** Something that is on or off. */
import styles from "./Cameras.module.css";

interface SwitchProps {
  label: string;
  hint?: string | undefined;
  isOn: boolean;
  isLocked?: boolean;
  turn: (isOn: boolean) => void;
}

export function Switch({ label, hint, isOn, isLocked = false, turn }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-label={label}
      title={hint}
      disabled={isLocked}
      className={styles.switch}
      onClick={() => turn(!isOn)}
    >
      <span>{label}</span>
      <span className={styles.track} aria-hidden="true" />
    </button>
  );
}
