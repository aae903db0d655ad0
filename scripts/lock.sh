#!/usr/bin/env bash
# Writes both lock files anew from pyproject.toml.
set -euo pipefail
cd "$(dirname "$0")/.."
compile=(.venv/bin/uv pip compile pyproject.toml --quiet --generate-hashes --no-header --no-annotate)
"${compile[@]}" --output-file requirements.lock
"${compile[@]}" --group dev --output-file requirements-dev.lock
