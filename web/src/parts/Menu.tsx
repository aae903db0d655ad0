/** A list of things to do or to choose that opens at a button. */
import { Check, type LucideIcon } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactElement } from "react";
import { classes } from "./classes";
import styles from "./Menu.module.css";

export interface MenuItem {
  label: string;
  choose: () => void;
  Icon?: LucideIcon;
  isChosen?: boolean; // makes it a choice with a mark
  isDangerous?: boolean;
  isDisabled?: boolean;
  staysOpen?: boolean; // for several choices in a row
}

interface MenuProps {
  trigger: ReactElement;
  items: readonly MenuItem[];
}

/** Not modal: a modal one would write a style element, which the content security policy forbids. */
export function Menu({ trigger, items }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} sideOffset={4} collisionPadding={8}>
          {items.map((item) => (
            <Item key={item.label} item={item} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Item({ item }: { item: MenuItem }) {
  const { label, choose, Icon, isChosen, isDangerous, isDisabled = false } = item;
  const select = (event: Event) => {
    if (item.staysOpen) event.preventDefault();
    choose();
  };
  const className = classes(styles.item, isDangerous && styles.danger);
  const content = (
    <>
      {Icon && <Icon aria-hidden size={16} />}
      <span className={styles.label}>{label}</span>
    </>
  );
  if (isChosen === undefined) {
    return (
      <DropdownMenu.Item className={className} disabled={isDisabled} onSelect={select}>
        {content}
      </DropdownMenu.Item>
    );
  }
  return (
    <DropdownMenu.CheckboxItem
      className={className}
      disabled={isDisabled}
      checked={isChosen}
      onSelect={select}
    >
      {content}
      <DropdownMenu.ItemIndicator>
        <Check aria-hidden size={16} />
      </DropdownMenu.ItemIndicator>
    </DropdownMenu.CheckboxItem>
  );
}
