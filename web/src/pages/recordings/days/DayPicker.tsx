/** Which day is shown: one before, one after, or one of a month, where days with footage are marked. */
import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { Button, IconButton } from "@/parts/Button";
import { classes } from "@/parts/classes";
import { type DayName, dayAfter } from "@/time/days";
import { LANGUAGE, say } from "@/words";
import { monthAfter, monthOf, weeksOf } from "./calendar";
import styles from "./DayPicker.module.css";

interface DayPickerProps {
  day: DayName;
  today: DayName;
  withFootage: readonly DayName[];
  choose: (day: DayName) => void;
}

export function DayPicker(props: DayPickerProps) {
  const { day, today, choose } = props;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className={styles.picker}>
      <IconButton
        label={say("day.before")}
        Icon={ChevronLeft}
        onClick={() => choose(dayAfter(day, -1))}
      />
      <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
        <Popover.Trigger asChild>
          <Button Icon={CalendarDays} aria-label={say("day.choose", { day: nameOf(day) })}>
            {nameOf(day)}
          </Button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            className={styles.sheet}
            aria-label={say("day.label")}
            sideOffset={4}
            collisionPadding={8}
          >
            <Month
              {...props}
              choose={(chosen) => {
                setIsOpen(false);
                choose(chosen);
              }}
            />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <IconButton
        label={say("day.after")}
        Icon={ChevronRight}
        disabled={day >= today}
        onClick={() => choose(dayAfter(day))}
      />
    </div>
  );
}

function Month({ day, today, withFootage, choose }: DayPickerProps) {
  const [month, setMonth] = useState(monthOf(day));
  const marked = new Set(withFootage);
  return (
    <>
      <header className={styles.head}>
        <IconButton
          label={say("day.monthBefore")}
          Icon={ChevronLeft}
          onClick={() => setMonth(monthAfter(month, -1))}
        />
        <h2>{write(`${month}-01`, { month: "long", year: "numeric" })}</h2>
        <IconButton
          label={say("day.monthAfter")}
          Icon={ChevronRight}
          disabled={month >= monthOf(today)}
          onClick={() => setMonth(monthAfter(month, 1))}
        />
      </header>
      <div className={styles.weeks}>
        {weeksOf(month)
          .flat()
          .map((each, index) =>
            each === null ? (
              <span key={index} />
            ) : (
              <button
                key={each}
                type="button"
                className={classes(styles.day, marked.has(each) && styles.marked)}
                aria-current={each === day ? "date" : undefined}
                aria-label={say(marked.has(each) ? "day.withFootage" : "day.without", {
                  day: nameOf(each),
                })}
                disabled={each > today}
                onClick={() => choose(each)}
              >
                {Number(each.slice(8))}
              </button>
            ),
          )}
      </div>
    </>
  );
}

function write(day: DayName, style: Intl.DateTimeFormatOptions): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(LANGUAGE, { ...style, timeZone: "UTC" });
}

const nameOf = (day: DayName) =>
  write(day, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
