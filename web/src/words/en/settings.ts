/** Texts of the page Settings. */
export const settingsPage = {
  "settings.title": "Settings",
} as const;
