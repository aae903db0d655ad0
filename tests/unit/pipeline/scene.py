"""A drawn scene with a square that walks, and a detector that finds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from picket.config.camera import CameraConfig
from picket.domain.detection import Detection
from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.look import Answer, Ask
from picket.events.happenings import Happening
from picket.pipeline.camera import FrameResult, step
from picket.pipeline.memory import CameraMemory
from picket.pipeline.rules import CameraRules, compile_rules

WIDTH, HEIGHT = 640, 360
FPS = 5
START = 1_700_000_000.0
WHITE = 250


def draws() -> Sequence[int]:
    return (0, 1, 2, 3, 4, 5)


def camera(**sections: object) -> CameraConfig:
    plain = {
        "name": "yard",
        "ffmpeg": {"inputs": [{"path": "rtsp://camera/1", "roles": ["detect", "record"]}]},
        "record": {"enabled": True},
        "snapshots": {"enabled": True},
        "zones": {"gate": {"coordinates": "320,0,639,0,639,359,320,359"}},
    }
    return CameraConfig.model_validate(plain | sections)


def rules(**sections: object) -> CameraRules:
    return compile_rules(camera(**sections), WIDTH, HEIGHT)


def draw(number: int, box: Box | None = None) -> Frame:
    """Frame `number` of a textured scene, with a bright square when there is a box."""
    yuv = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
    texture = np.random.default_rng(7).integers(60, 120, (HEIGHT // 20, WIDTH // 20))
    yuv[:HEIGHT] = np.kron(texture, np.ones((20, 20))).astype(np.uint8)
    if box is not None:
        yuv[box.y1 : box.y2, box.x1 : box.x2] = WHITE
    return Frame(START + number / FPS, yuv)


@dataclass
class SquareDetector:
    """Finds the white square in the regions it is shown; remembers what it was asked."""

    score: float = 0.8
    is_down: bool = False
    looks_max: int | None = None  # the others are shed
    asked: list[tuple[Box, ...]] = field(default_factory=list)

    def detect(self, frame: Frame, asks: Sequence[Ask]) -> Answer | None:
        regions = tuple(ask.region for ask in asks[: self.looks_max])
        self.asked.append(regions)
        if self.is_down:
            return None
        found = (one for region in regions for one in self._look(frame, region))
        return Answer(tuple(found), regions)

    def _look(self, frame: Frame, region: Box) -> list[Detection]:
        rows, columns = np.nonzero(
            frame.luma[region.y1 : region.y2, region.x1 : region.x2] >= WHITE
        )
        if not len(rows):
            return []
        box = Box(
            region.x1 + int(columns.min()),
            region.y1 + int(rows.min()),
            region.x1 + int(columns.max()) + 1,
            region.y1 + int(rows.max()) + 1,
        )
        return [Detection("person", self.score, box, region)]


@dataclass
class Run:
    """A camera that is fed frame by frame."""

    rules: CameraRules
    detector: SquareDetector = field(default_factory=SquareDetector)
    memory: CameraMemory = field(default_factory=CameraMemory)
    number: int = 0
    told: list[tuple[int, Happening]] = field(default_factory=list)

    def feed(self, box: Box | None) -> FrameResult:
        """One frame; what happened is kept with the number of the frame."""
        frame = draw(self.number, box)
        self.memory, result = step(self.memory, frame, self.detector, self.rules, draws)
        self.told += [(self.number, happening) for happening in result.happenings]
        self.number += 1
        return result

    def feed_all(self, boxes: Sequence[Box | None]) -> list[FrameResult]:
        return [self.feed(box) for box in boxes]


def square(x: int, y: int = 150) -> Box:
    """The walker: 40 x 80 pixels."""
    return Box(x, y, x + 40, y + 80)
