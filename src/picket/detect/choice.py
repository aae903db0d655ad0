"""Which runtime suits a machine, out of what was measured on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from picket.config.detectors import DetectorType

RUNTIMES: dict[str, tuple[DetectorType, ...]] = {
    ".onnx": ("openvino", "onnx"),
    ".xml": ("openvino",),
    ".tflite": ("cpu",),
}
"""What can run a file, by its suffix."""

PATIENCE = 2.0
"""A lone look may take so many times as long as the quickest way's, if more are done by that."""
WORTH = 1.1
"""Gain in looks a second below which another thread or another copy of the model does not pay."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a model is run."""

    type: DetectorType
    num_threads: int = 1  # of one look
    parallel: int = 1  # looks at once, each with a model of its own

    def __str__(self) -> str:
        threads = f"{self.num_threads} thread{'s' * (self.num_threads > 1)}"
        return f"{self.type}, {threads}, {self.parallel} at once"


@dataclass(frozen=True, slots=True)
class Speed:
    """What a way was measured to do."""

    way: Way
    lone_ms: float  # of a look while nothing else is looked at
    per_second: float  # looks, while as many are done at once as the way allows


def ways_for(suffix: str, cores: int) -> tuple[Way, ...]:
    """The ways worth measuring for a file with this suffix; none when nothing can run it.

    Args:
        suffix: lower case, such as ".onnx".
        cores: of the machine.
    """
    shapes = dict.fromkeys(((1, 1), (1, cores), (cores, 1), (2, max(cores // 2, 1))))
    return tuple(
        Way(runtime, threads, parallel)
        for runtime in RUNTIMES.get(suffix, ())
        for threads, parallel in shapes
        if threads * parallel <= max(cores, 1)
    )


def best_way(speeds: Sequence[Speed]) -> Speed:
    """The one that does most looks a second without making a lone one slow.

    Among those that are as good, the one with fewer copies of the model, then fewer threads.

    Raises: ValueError when there are none.
    """
    quickest_ms = min(speed.lone_ms for speed in speeds)
    quick = [speed for speed in speeds if speed.lone_ms <= PATIENCE * quickest_ms]
    most = max(speed.per_second for speed in quick)
    as_good = [speed for speed in quick if speed.per_second * WORTH >= most]
    return min(as_good, key=lambda one: (one.way.parallel, one.way.num_threads, one.lone_ms))
