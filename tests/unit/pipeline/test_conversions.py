"""Watching a camera converts no frame; a detector turns to colour what it is asked to look at."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

import numpy as np

from picket.detect.letterbox import letterbox
from picket.domain.frame import Frame
from picket.domain.look import Answer, Ask
from tests.unit.pipeline.scene import Run, SquareDetector, rules, square

CONVERSIONS = ("cvtColor", "imencode", "encode_jpeg_yuv_planes")
SCAN = 10  # frames in which an empty scene was looked at as a whole
WALK = [square(60 + 8 * n) for n in range(20)]


@dataclass
class ColourDetector(SquareDetector):
    """Takes its crops as the worker's real client does."""

    def detect(self, frame: Frame, asks: Sequence[Ask]) -> Answer | None:
        crop = np.empty((160, 160, 3), np.uint8)
        for ask in asks:
            letterbox(frame, ask.region, crop, pixel_format="rgb")
        return super().detect(frame, asks)

    @property
    def looks(self) -> int:
        """Regions so far."""
        return sum(map(len, self.asked))


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Calls of native functions by this thread, by name."""
    calls: Counter[str] = Counter()

    def note(_frame: FrameType, event: str, called: object) -> None:
        if event == "c_call":
            calls[getattr(called, "__name__", "")] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(before)


def conversions(calls: Counter[str]) -> int:
    return sum(calls[name] for name in CONVERSIONS)


def test_each_look_costs_one_conversion_and_nothing_else_does() -> None:
    detector = ColourDetector()
    run = Run(rules(), detector)
    with counted() as calls:
        run.feed_all([*[None] * SCAN, *WALK])
    assert conversions(calls) == detector.looks > len(WALK) / 2


def test_an_empty_scene_is_never_converted_once_it_was_looked_at() -> None:
    run = Run(rules(), ColourDetector())
    run.feed_all([None] * SCAN)
    with counted() as calls:
        run.feed_all([None] * 30)
    assert conversions(calls) == 0
    assert calls["resize"] > 0  # the counter counts: motion is looked for in a small picture
