"""What the analysis of a camera is given by the world around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from picket.events.best_pictures import LabelPicture
from picket.events.happenings import Happening
from picket.ipc.frame_ring import FrameRing
from picket.ipc.messages import ResidentsAnswer, SceneChanged, SegmentAnalysed, TargetsSeen
from picket.runtime.detecting.client import DetectorPool
from picket.runtime.worker.resident_file import ResidentFile

Told = Happening | LabelPicture | SegmentAnalysed | SceneChanged | ResidentsAnswer | TargetsSeen
"""What became known."""


@dataclass(frozen=True, slots=True)
class AnalysisTools:
    """The frame ring, the detectors, clocks, chance, and who is told."""

    ring: FrameRing
    detectors: DetectorPool
    tell: Callable[[Told], None]
    monotonic: Callable[[], float]
    wall: Callable[[], float]  # Unix seconds
    draws: Callable[[], Sequence[int]]
    residents: ResidentFile
