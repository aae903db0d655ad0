"""What a look costs: every model file of a folder in every runtime that reads it, one thread each.

    python -m bench.detectors [FOLDER] [--rounds 50]

The pairs take turns, so that a disturbance hits all alike. Wall time is what a camera waits on a
machine as busy as this one; processor time hardly depends on who else runs.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench.meter import stalled_seconds
from picket.config.detectors import DetectorConfig
from picket.detect.load import Backend, load_backend
from picket.domain.errors import ModelError
from picket.domain.frame import Picture

RUNTIMES = {".onnx": ("onnx", "openvino"), ".xml": ("openvino",), ".tflite": ("cpu",)}
WARM_UP = 5
PLACEHOLDERS = {index: f"class {index}" for index in range(3)}
"""For files that do not tell their classes; a look costs the same whatever they are called."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A model in a runtime and how long its looks took."""

    name: str
    backend: Backend
    crop: Picture
    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def look(self) -> None:
        """One more look."""
        wall, cpu = time.perf_counter(), time.process_time()
        self.backend.infer(self.crop)
        self.cpu_ms.append((time.process_time() - cpu) * 1000)
        self.wall_ms.append((time.perf_counter() - wall) * 1000)

    def line(self) -> str:
        """A row of the table."""
        info = self.backend.info
        wall, cpu = self.wall_ms[WARM_UP:], self.cpu_ms[WARM_UP:]
        return (
            f"| {self.name} | {info.width}x{info.height} | {statistics.median(cpu):.1f}"
            f" | {min(cpu):.1f} | {statistics.median(wall):.1f} |"
        )


def load(runtime: str, path: Path) -> Pair | None:
    """The file in a runtime; None, with the reason on the standard error, where it does not run."""
    model: dict[str, object] = {"path": str(path)}
    if path.suffix == ".xml":
        model["labelmap"] = PLACEHOLDERS
    try:
        backend = load_backend(
            DetectorConfig.model_validate({"type": runtime, "num_threads": 1, "model": model})
        )
    except ModelError as error:
        print(f"left out: {error}", file=sys.stderr)
        return None
    shape = (backend.info.height, backend.info.width, 3)
    noise = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    return Pair(f"{path.name} | `{runtime}`", backend, noise)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/data/models"))
    parser.add_argument("--rounds", type=int, default=50)
    options = parser.parse_args()
    files = sorted(options.folder.iterdir(), key=lambda path: path.name.lower())
    wanted = [load(runtime, path) for path in files for runtime in RUNTIMES.get(path.suffix, ())]
    pairs = [pair for pair in wanted if pair is not None]
    stalled, began = stalled_seconds(), time.perf_counter()
    for _ in range(WARM_UP + options.rounds):
        for pair in pairs:
            pair.look()
    waited = (stalled_seconds() - stalled) / (time.perf_counter() - began)
    print("| file | runtime | input | processor ms, median | least | wall ms, median |")
    print("|---|---|---|---|---|---|")
    for pair in pairs:
        print(pair.line())
    print(f"\n{options.rounds} looks each; somebody waited for a core {waited:.0%} of the time")


if __name__ == "__main__":
    main()
