/** Narrows the list: the four filters that everybody uses, the others behind a button. */
import { useQuery } from "@tanstack/react-query";
import { ListFilter, X } from "lucide-react";
import { useState } from "react";
import { configQuery, shownCameras } from "@/api/config";
import { query } from "@/api/query";
import { Button } from "@/parts/Button";
import { Select } from "@/parts/Select";
import { plainName, say } from "@/words";
import { ChoiceMenu } from "./ChoiceMenu";
import styles from "./Filters.module.css";
import { countFilters, type EventFilters, NO_FILTERS } from "./filters";
import { MoreFilters } from "./MoreFilters";
import { PERIODS, type Period, periodOf, withPeriod } from "./periods";

interface FilterBarProps {
  filters: EventFilters;
  change: (filters: EventFilters) => void;
}

const PERIOD_WORDS = {
  any: "filter.anyTime",
  today: "filter.today",
  yesterday: "filter.yesterday",
  week: "filter.week",
  days: "filter.days",
} as const;

export function FilterBar({ filters, change }: FilterBarProps) {
  const [isOpen, setIsOpen] = useState(false);
  const config = useQuery(configQuery).data;
  const labels = useQuery(query("/api/labels", {})).data ?? [];
  const cameras = config ? shownCameras(config) : [];
  const zones = [...new Set(cameras.flatMap((camera) => Object.keys(camera.zones)))].sort();
  const set = (part: Partial<EventFilters>) => change({ ...filters, ...part });
  const hidden = countFilters({ ...filters, cameras: [], labels: [], zones: [], from: "", to: "" });
  const period = periodOf(filters, Date.now() / 1000);
  return (
    <search aria-label={say("filter.label")} className={styles.bar}>
      <ChoiceMenu
        label={say("filter.camera")}
        values={cameras.map((camera) => camera.name)}
        chosen={filters.cameras}
        nameOf={plainName}
        choose={(chosen) => set({ cameras: chosen })}
      />
      <ChoiceMenu
        label={say("filter.kind")}
        values={labels as string[]}
        chosen={filters.labels}
        nameOf={plainName}
        choose={(chosen) => set({ labels: chosen })}
      />
      {zones.length > 0 && (
        <ChoiceMenu
          label={say("filter.zone")}
          values={zones}
          chosen={filters.zones}
          nameOf={plainName}
          choose={(chosen) => set({ zones: chosen })}
        />
      )}
      <Select<Period>
        label={say("filter.when")}
        isLabelHidden
        value={period}
        choices={PERIODS.filter((each) => each !== "days" || period === "days").map((value) => ({
          value,
          label: say(PERIOD_WORDS[value]),
        }))}
        choose={(chosen) => change(withPeriod(filters, chosen, Date.now() / 1000))}
      />
      <Button Icon={ListFilter} onClick={() => setIsOpen(true)}>
        {hidden > 0 ? say("filter.moreSet", { count: hidden }) : say("filter.more")}
      </Button>
      {countFilters(filters) > 0 && (
        <Button tone="quiet" Icon={X} onClick={() => change(NO_FILTERS)}>
          {say("filter.clear")}
        </Button>
      )}
      <MoreFilters
        isOpen={isOpen}
        close={() => setIsOpen(false)}
        filters={filters}
        change={change}
      />
    </search>
  );
}
