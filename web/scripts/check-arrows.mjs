/** Fails when an import points up, and when nothing was read: a parser that knows no TypeScript sees 0 modules. */
import { createRequire } from "node:module";
import { cruise } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";

const { forbidden, options } = createRequire(import.meta.url)("../.dependency-cruiser.cjs");
const { output } = await cruise(
  ["src"],
  { ...options, ruleSet: { forbidden, options }, validate: true },
  undefined,
  { tsConfig: extractTSConfig("tsconfig.json") },
);
const { totalCruised, violations } = output.summary;
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} -> ${to}`);
const typed = output.modules.filter(({ source }) => /^src\/.*\.tsx?$/.test(source)).length;
console.log(`${totalCruised} modules, ${typed} of them typed, ${violations.length} wrong arrows`);
process.exit(violations.length > 0 || typed === 0 ? 1 : 0);
