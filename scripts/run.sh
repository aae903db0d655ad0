#!/usr/bin/env bash
# Starts Picket: with the file given, else with config.yml if there is one, else the demonstration.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -n "${CONFIG:-}" ]; then
  exec .venv/bin/picket run --config "$CONFIG"
elif [ -f config.yml ]; then
  exec .venv/bin/picket run --config config.yml
else
  exec .venv/bin/picket demo
fi
