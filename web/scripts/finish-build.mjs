/**
 * Checks what the first page loads against its budget, tells the service worker every file, and
 * lays a compressed copy beside each.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 250 * 1024; // of JavaScript, compressed, before the first picture moves
const FIRST_PAGE = "src/pages/live/index.ts";
const folder = new URL("../../src/picket/page/", import.meta.url);

/** Every file that is loaded for an entry: itself and what it imports at once. */
function closure(chunks, name, seen = new Set()) {
  const chunk = chunks[name];
  if (chunk === undefined || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const next of chunk.imports ?? []) closure(chunks, next, seen);
  return seen;
}

const chunks = JSON.parse(readFileSync(new URL(".vite/manifest.json", folder), "utf8"));
rmSync(new URL(".vite", folder), { recursive: true });
const worker = new URL("sw.js", folder);
const files = readdirSync(new URL("assets/", folder)).map((name) => `/assets/${name}`);
writeFileSync(
  worker,
  readFileSync(worker, "utf8").replace("__FILES__", JSON.stringify(files).replaceAll('"', '\\"')),
);
const sizes = new Map();
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(js|css|html|svg|webmanifest)$/.test(entry.name)) continue;
  const path = `${entry.parentPath ?? entry.path}/${entry.name}`;
  const packed = gzipSync(readFileSync(path), { level: 9 });
  writeFileSync(`${path}.gz`, packed);
  sizes.set(path.slice(fileURLToPath(folder).length).replace(/^\//, ""), packed.length);
}
const first = closure(chunks, "index.html");
closure(chunks, FIRST_PAGE, first);
const total = [...first].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
console.log(`First load: ${first.size} scripts, ${(total / 1024).toFixed(1)} KB gzip`);
if (!chunks[FIRST_PAGE] || total > BUDGET_BYTES) {
  console.error(
    `The first page may load ${BUDGET_BYTES / 1024} KB of JavaScript: load later what it does not need`,
  );
  process.exit(1);
}
