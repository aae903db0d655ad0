/** Texts of the page Exports. */
export const exportsPage = {
  "exports.title": "Exports",
} as const;
