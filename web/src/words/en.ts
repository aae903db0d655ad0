/** The English catalogue: one file for each page, put together. */
import { common } from "./en/common";
import { eventsPage } from "./en/events";
import { exportsPage } from "./en/exports";
import { livePage } from "./en/live";
import { recordingsPage } from "./en/recordings";
import { settingsPage } from "./en/settings";
import { systemPage } from "./en/system";

export const en = {
  ...common,
  ...livePage,
  ...eventsPage,
  ...recordingsPage,
  ...exportsPage,
  ...systemPage,
  ...settingsPage,
} as const;
