/** The keys of this page. */
import { Dialog } from "@/parts/Dialog";
import { say } from "@/words";
import styles from "./KeySheet.module.css";
import { KEY_NAMES } from "./keys";

export function KeySheet({ isOpen, close }: { isOpen: boolean; close: () => void }) {
  return (
    <Dialog title={say("recordings.keys")} isOpen={isOpen} close={close}>
      <dl className={styles.keys}>
        {KEY_NAMES.map((name) => (
          <div key={name}>
            <dt>
              <kbd>{say(`key.${name}`)}</kbd>
            </dt>
            <dd>{say(`key.${name}.does`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
