#!/usr/bin/env bash
# Runs all tests, those that mostly wait beside those that mostly compute; or the ones in TESTS.
set -euo pipefail
cd "$(dirname "$0")/.."

# Through a pipe: tests that forbid large files would forbid pytest to go on in a long log.
run() { .venv/bin/python -m pytest "$@" 2>&1 | cat; }

if [ -n "${TESTS:-}" ]; then
  # shellcheck disable=SC2086 # several may be named
  run $TESTS
  exit
fi

log=$(mktemp)
(run tests/contract tests/property tests/unit >"$log") &
computing=$!
trap 'kill "$computing" 2>/dev/null || true; rm -f "$log"' EXIT
status=0
run tests/e2e || status=$?
wait "$computing" || status=$?
cat "$log"
exit "$status"
