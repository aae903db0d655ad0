"""A detector that calls its model directly, in place of a process of its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from picket.detect.letterbox import crop_size, letterbox
from picket.detect.load import Backend
from picket.domain.detection import Detection
from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.look import Answer, Ask


class InProcessDetector:
    """Fills in the pipeline's protocol `Detector`; always answers, and remembers its answer."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._found: list[Detection] = []

    def detect(self, frame: Frame, asks: Sequence[Ask]) -> Answer:
        """Look at all of these squares, however long it takes."""
        regions = tuple(ask.region for ask in asks)
        self._found = [found for region in regions for found in self._look(frame, region)]
        return Answer(tuple(self._found), regions)

    def take_found(self) -> tuple[Detection, ...]:
        """What was found since this was last asked, whatever its score."""
        found, self._found = tuple(self._found), []
        return found

    def _look(self, frame: Frame, region: Box) -> list[Detection]:
        model = self._backend.info
        width, height = crop_size(region, model)
        crop = np.empty((height, width, 3), dtype=np.uint8)
        placement = letterbox(frame, region, crop, pixel_format=model.pixel_format)
        answers = map(placement.to_frame, self._backend.infer(crop))
        return [found for found in answers if found is not None]
