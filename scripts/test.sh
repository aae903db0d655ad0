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

jobs=() logs=()
beside() {
  logs+=("$(mktemp)")
  run "$@" >"${logs[-1]}" &
  jobs+=($!)
}

beside tests/contract tests/property tests/unit tests/e2e/players
beside tests/e2e/page tests/e2e/test_[l-z]*.py
trap 'kill "${jobs[@]}" 2>/dev/null || true; rm -f "${logs[@]}"' EXIT
status=0
run tests/e2e/api tests/e2e/test_[a-k]*.py || status=$?
for job in "${jobs[@]}"; do
  wait "$job" || status=$?
done
cat "${logs[@]}"
exit "$status"
