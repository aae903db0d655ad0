/** Buttons, and links that look like them. */
import type { LucideIcon } from "lucide-react";
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, Ref } from "react";
import styles from "./Button.module.css";
import { classes } from "./classes";

type Tone = "plain" | "accent" | "alert" | "quiet" | "chosen";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: Tone;
  Icon?: LucideIcon;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ tone = "plain", Icon, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={classes(styles.button, styles[tone], className)} {...rest}>
      {Icon && <Icon aria-hidden size={16} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string; // for those who hear it, and under the pointer
  Icon: LucideIcon;
  tone?: Tone;
  isPressed?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton(props: IconButtonProps) {
  const { label, Icon, tone = "quiet", isPressed, className, ...rest } = props;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      className={classes(styles.button, styles.icon, styles[tone], className)}
      {...rest}
    >
      <Icon aria-hidden size={18} />
    </button>
  );
}

interface LinkButtonProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  tone?: Tone;
  Icon?: LucideIcon;
}

/** For addresses of the server, such as downloads; inside the page use wouter's Link. */
export function LinkButton({
  tone = "plain",
  Icon,
  className,
  children,
  ...rest
}: LinkButtonProps) {
  return (
    <a className={classes(styles.button, styles[tone], className)} {...rest}>
      {Icon && <Icon aria-hidden size={16} />}
      {children}
    </a>
  );
}
