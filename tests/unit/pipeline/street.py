"""A drawn street in which cars stand, pass and leave; its detector misses what it is told to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count

import cv2
import numpy as np
import numpy.typing as npt

from picket.domain.detection import Detection
from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.look import Answer, Ask
from picket.events.counts import count_labels
from picket.events.happenings import Happening
from picket.ipc.messages import Change, ObjectChanged
from picket.pipeline.camera import end_all, step
from picket.pipeline.memory import CameraMemory, start_memory
from picket.pipeline.residents import residents
from picket.pipeline.rules import CameraRules, compile_rules
from tests.unit.pipeline.scene import FPS, START, camera

SETTLED = 10  # frames
WIDTH, HEIGHT = 320, 180
STREET = compile_rules(
    camera(
        objects={"track": ["car", "truck", "person"]},
        detect={"stationary": {"threshold": SETTLED, "interval": 10}},
        zones={},
    ),
    WIDTH,
    HEIGHT,
)
SPOT = Box(150, 75, 190, 100)


@dataclass(frozen=True)
class Thing:
    """Something in the picture."""

    seed: int  # what it looks like
    box: Box = SPOT
    label: str = "car"
    is_found: bool = True  # by the detector


@lru_cache
def texture(seed: int, width: int, height: int) -> npt.NDArray[np.uint8]:
    """Soft patches, each seed others."""
    coarse = np.random.default_rng(seed).random((6, 8), np.float32)
    soft = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC) * 120 + 60
    return np.clip(soft, 0, 255).astype(np.uint8)


@lru_cache(64)
def picture(things: tuple[Thing, ...], light: float) -> npt.NDArray[np.uint8]:
    """The street as planar I420; later things stand in front of earlier ones."""
    yuv = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
    yuv[:HEIGHT] = texture(0, WIDTH, HEIGHT)
    for thing in things:
        box = thing.box
        yuv[box.y1 : box.y2, box.x1 : box.x2] = texture(thing.seed, box.width, box.height)
    lit = 255 * (yuv[:HEIGHT].astype(np.float32) / 255) ** light
    yuv[:HEIGHT] = lit.astype(np.uint8)
    return yuv


@dataclass
class ToldDetector:
    """Finds the things that it is told of, where it looks."""

    things: Sequence[Thing] = ()
    is_down: bool = False
    looks: int = 0

    def detect(self, frame: Frame, asks: Sequence[Ask]) -> Answer | None:
        self.looks += len(asks)
        if self.is_down:
            return None
        found = (
            Detection(thing.label, 0.8, thing.box, ask.region)
            for ask in asks
            for thing in self.things
            if thing.is_found and ask.region.contains(thing.box)
        )
        return Answer(tuple(found), tuple(ask.region for ask in asks))


@dataclass
class Street:
    """A camera over a street, frame by frame."""

    rules: CameraRules = field(default_factory=lambda: STREET)
    memory: CameraMemory = field(default_factory=CameraMemory)
    detector: ToldDetector = field(default_factory=ToldDetector)
    told: list[Happening] = field(default_factory=list)
    time: float = START
    light: float = 1.0  # exponent of the brightness
    _numbers: Iterable[int] = field(default_factory=count)

    def _draws(self) -> Sequence[int]:
        number = next(iter(self._numbers))
        return (number // 36**2 % 36, number // 36 % 36, number % 36, 0, 0, 0)

    def watch(self, *things: Thing, seconds: float) -> None:
        """The same picture for so long."""
        for _ in range(round(seconds * FPS)):
            self.show(*things)

    def show(self, *things: Thing) -> None:
        """One frame."""
        self.detector.things = things
        frame = Frame(self.time, picture(things, self.light))
        self.memory, result = step(
            self.memory, frame, self.detector, self.rules, lambda: self._draws()
        )
        self.told += result.happenings
        self.time = round(self.time + 1 / FPS, 3)

    def restart(self, *, is_clean: bool = True, after_s: float = 30.0) -> None:
        """The process ends and another begins, which knows only what was stored."""
        if is_clean:
            self.memory, happenings = end_all(self.memory, self.time, self.rules)
            self.told += happenings
        self.memory = start_memory(residents(self.memory.residents))
        self.time += after_s

    def changes(self, change: Change) -> list[ObjectChanged]:
        """What clients were told of this kind."""
        return [h for h in self.told if isinstance(h, ObjectChanged) and h.change is change]

    @property
    def news(self) -> int:
        """How many objects were told as new."""
        return len(self.changes(Change.NEW))

    @property
    def ends(self) -> int:
        """How many objects were told as gone."""
        return len(self.changes(Change.END))

    @property
    def counted(self) -> dict[str, int]:
        """Believed objects by label."""
        return dict(Counter(count_labels(self.memory.events)))
