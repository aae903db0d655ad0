/** Texts of the page Live. */
export const livePage = {
  "live.title": "Live",
} as const;
