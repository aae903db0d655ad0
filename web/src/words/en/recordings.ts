/** Texts of the page Recordings. */
export const recordingsPage = {
  "recordings.title": "Recordings",
} as const;
