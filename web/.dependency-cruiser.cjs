/** Imports point down: main, app, pages, parts, and then api, words and time, which are strangers. */
module.exports = {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    { name: "no-missing-modules", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "pages-are-strangers",
      severity: "error",
      from: { path: "^src/pages/([^/]+)/" },
      to: { path: "^src/pages/", pathNot: "^src/pages/$1/" },
    },
    {
      name: "pages-stand-below-the-app",
      severity: "error",
      from: { path: "^src/pages/" },
      to: { path: "^src/app/" },
    },
    {
      name: "parts-know-no-page",
      severity: "error",
      from: { path: "^src/parts/" },
      to: { path: "^src/(app|pages)/" },
    },
    {
      name: "tools-are-strangers",
      severity: "error",
      from: { path: "^src/(api|words|time)/" },
      to: { path: "^src/", pathNot: "^src/($1|testing)/" },
    },
    {
      name: "the-worker-stands-alone", // it is one file, which all browsers can run
      severity: "error",
      from: { path: "^src/", pathNot: "^src/worker/" },
      to: { path: "^src/worker/" },
    },
    {
      name: "the-worker-knows-no-page",
      severity: "error",
      from: { path: "^src/worker/" },
      to: { path: "^src/", pathNot: "^src/worker/" },
    },
    {
      name: "the-editor-is-loaded-when-something-is-edited",
      severity: "error",
      from: {},
      to: {
        path: "pages/settings/config/editor\\.ts$",
        dependencyTypesNot: ["dynamic-import", "type-only"],
      },
    },
    {
      name: "hls-is-loaded-when-a-recording-plays",
      severity: "error",
      from: {},
      to: { path: "node_modules/hls\\.js", dependencyTypesNot: ["dynamic-import", "type-only"] },
    },
    {
      name: "tests-stay-outside",
      severity: "error",
      from: { pathNot: "\\.test\\.tsx?$|^src/testing/" },
      to: { path: "^src/testing/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
    },
  },
};
