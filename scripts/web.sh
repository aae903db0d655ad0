#!/usr/bin/env bash
# Builds the web page into src/picket/page, unless it was built from what is there now.
set -euo pipefail
cd "$(dirname "$0")/.."

built=src/picket/page/.built
sum=$(
  find web docs/reference/openapi.json -path web/node_modules -prune -o -name schema.ts -o -type f -print0 |
    sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16
)
[ "$(cat "$built" 2>/dev/null)" = "$sum" ] && exit
echo "Building the web page"
if ! said=$(npm run build --prefix web --silent 2>&1); then
  echo "$said" >&2
  exit 1
fi
echo "$said" | tail -1
echo "$sum" >"$built"
