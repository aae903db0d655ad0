/** Lets the user choose dark or light. */
import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { say } from "@/words";
import { IconButton } from "./Button";
import { Menu } from "./Menu";
import { chooseTheme, storedTheme, THEMES, type Theme } from "./theme";

const ICONS = { system: Monitor, dark: Moon, light: Sun };

export function ThemeSwitch() {
  const [theme, setTheme] = useState(storedTheme);
  const choose = (next: Theme) => {
    chooseTheme(next);
    setTheme(next);
  };
  return (
    <Menu
      trigger={<IconButton label={say("theme.label")} Icon={ICONS[theme]} />}
      items={THEMES.map((each) => ({
        label: say(`theme.${each}`),
        Icon: ICONS[each],
        isChosen: each === theme,
        choose: () => choose(each),
      }))}
    />
  );
}
