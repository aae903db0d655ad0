/** Several of a list: a button that says what is chosen, with a menu that stays open. */
import { ChevronDown } from "lucide-react";
import { Button } from "@/parts/Button";
import { Menu } from "@/parts/Menu";
import { say } from "@/words";

interface ChoiceMenuProps {
  label: string;
  values: readonly string[];
  chosen: readonly string[];
  nameOf: (value: string) => string;
  choose: (chosen: readonly string[]) => void;
}

/** None chosen means all. What is chosen and not in the list any more stays there, so that it can be taken away. */
export function ChoiceMenu({ label, values, chosen, nameOf, choose }: ChoiceMenuProps) {
  const offered = [...new Set([...values, ...chosen])];
  const toggle = (value: string) =>
    choose(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  return (
    <Menu
      trigger={
        <Button tone={chosen.length > 0 ? "chosen" : "plain"}>
          {label}: {summary(chosen, nameOf)}
          <ChevronDown aria-hidden size={16} />
        </Button>
      }
      items={offered.map((value) => ({
        label: nameOf(value),
        isChosen: chosen.includes(value),
        staysOpen: true,
        choose: () => toggle(value),
      }))}
    />
  );
}

function summary(chosen: readonly string[], nameOf: (value: string) => string): string {
  const [only] = chosen;
  if (only === undefined) return say("filter.all");
  return chosen.length === 1 ? nameOf(only) : say("filter.several", { count: chosen.length });
}
