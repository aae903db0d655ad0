/** Shows notices in a corner; one stays while the pointer or the focus is on it. */
import { X } from "lucide-react";
import { Toast } from "radix-ui";
import { useEffect, useSyncExternalStore } from "react";
import { say } from "@/words";
import { Button, IconButton } from "./Button";
import { classes } from "./classes";
import styles from "./Toasts.module.css";
import { dismiss, noticeStore, type ShownNotice, settleNotices } from "./toasts";

const SHOWN_MS = 6000;

export function Toasts() {
  const notices = useSyncExternalStore(noticeStore.listen, noticeStore.newest);
  useEffect(() => {
    addEventListener("pagehide", settleNotices);
    return () => removeEventListener("pagehide", settleNotices);
  }, []);
  return (
    <Toast.Provider duration={SHOWN_MS} swipeDirection="right">
      {notices.map((notice) => (
        <One key={notice.id} notice={notice} />
      ))}
      <Toast.Viewport className={styles.corner} label={say("toast.region")} />
    </Toast.Provider>
  );
}

function One({ notice }: { notice: ShownNotice }) {
  const { id, text, tone, undo } = notice;
  return (
    <Toast.Root
      className={classes(styles.toast, tone === "alert" && styles.alert)}
      type={tone === "alert" ? "foreground" : "background"}
      onOpenChange={(isOpen) => !isOpen && dismiss(id, { isUndone: false })}
    >
      <Toast.Description className={styles.text}>{text}</Toast.Description>
      {undo && (
        <Toast.Action asChild altText={say("action.undo")}>
          <Button onClick={() => dismiss(id, { isUndone: true })}>{say("action.undo")}</Button>
        </Toast.Action>
      )}
      <Toast.Close asChild>
        <IconButton label={say("action.close")} Icon={X} />
      </Toast.Close>
    </Toast.Root>
  );
}
