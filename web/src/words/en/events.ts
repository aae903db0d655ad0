/** Texts of the page Events. */
export const eventsPage = {
  "events.title": "Events",
} as const;
