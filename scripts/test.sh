#!/usr/bin/env bash
# Runs all tests, those that mostly wait beside those that mostly compute; or the ones in TESTS.
set -euo pipefail
cd "$(dirname "$0")/.."
pytest=(.venv/bin/python -m pytest)
if [ -n "${TESTS:-}" ]; then
  # shellcheck disable=SC2086 # several may be named
  exec "${pytest[@]}" $TESTS
fi

log=$(mktemp)
"${pytest[@]}" tests/contract tests/property tests/unit >"$log" 2>&1 &
computing=$!
trap 'kill "$computing" 2>/dev/null || true; rm -f "$log"' EXIT
status=0
"${pytest[@]}" tests/e2e || status=$?
wait "$computing" || status=$?
cat "$log"
exit "$status"
