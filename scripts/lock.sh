#!/usr/bin/env bash
# Writes both lock files anew from pyproject.toml.
set -euo pipefail
cd "$(dirname "$0")/.."
compile=(.venv/bin/uv pip compile pyproject.toml --quiet --generate-hashes --no-header --no-annotate)
# TrackEval asks for what only its drawings and data sets use; its OpenCV would lie over ours.
drop=(opencv-python matplotlib pillow pycocotools tabulate)
"${compile[@]}" --output-file requirements.lock
printf '%s ; python_version < "3"\n' "${drop[@]}" |
  "${compile[@]}" --override - --group dev --output-file requirements-dev.lock
