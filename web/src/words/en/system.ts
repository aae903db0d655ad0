/** Texts of the page System. */
export const systemPage = {
  "system.title": "System",
} as const;
