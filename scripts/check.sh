#!/usr/bin/env bash
# Format, lint, types, import rules, documents; the same for the web page, with its tests.
set -euo pipefail
cd "$(dirname "$0")/.."
npm run check --prefix web --silent &  # on the other core
web=$!
trap 'kill "$web" 2>/dev/null || true' EXIT
.venv/bin/ruff format --check .
.venv/bin/ruff check .
.venv/bin/mypy
.venv/bin/lint-imports
.venv/bin/python scripts/check_docs.py
.venv/bin/python -m scripts.generate_api_reference --check
wait "$web"
