#!/usr/bin/env bash
# Scores detection and tracking on the test clips; the report goes to var/evaluation.
set -euo pipefail
cd "$(dirname "$0")/.."

data=${PICKET_TEST_DATA:-../shared/data}
if [ "${DETECTOR:-}" = hog ]; then
  what=(--detector hog)
else
  what=(--model "${MODEL:-$data/models/yolox_nano.onnx}")
  [ -z "${DETECTOR:-}" ] || what+=(--detector "$DETECTOR")
fi
mkdir -p var/evaluation
.venv/bin/picket evaluate "$data"/videos/*.mp4 --truth "$data/videos" bench/truth "${what[@]}" \
  --baseline --json var/evaluation/figures.json --html var/evaluation
echo "Pictures of what went wrong: var/evaluation/index.html"
