/** A question or a detail over the page; Escape and a click beside it close it. */
import { X } from "lucide-react";
import { Dialog as Base } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { say } from "@/words";
import { IconButton } from "./Button";
import { classes } from "./classes";
import styles from "./Dialog.module.css";

interface DialogProps {
  title: string;
  isOpen: boolean;
  close: () => void;
  description?: string;
  isWide?: boolean; // for pictures and video
  children: ReactNode;
}

/** The shade is ours: Radix's own would write a style element, which the policy forbids. */
export function Dialog({ title, isOpen, close, description, isWide, children }: DialogProps) {
  const opener = useRef<Element | null>(null);
  const rememberOpener = () => {
    opener.current = document.activeElement;
  };
  const giveFocusBack = (event: Event) => {
    event.preventDefault();
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && close()}>
      <Base.Portal>
        <div className={styles.shade} />
        <Base.Content
          className={classes(styles.dialog, isWide && styles.wide)}
          onOpenAutoFocus={rememberOpener}
          onCloseAutoFocus={giveFocusBack}
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
        >
          <header className={styles.head}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close asChild>
              <IconButton label={say("action.close")} Icon={X} />
            </Base.Close>
          </header>
          {description !== undefined && (
            <Base.Description className={styles.description}>{description}</Base.Description>
          )}
          {children}
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}
