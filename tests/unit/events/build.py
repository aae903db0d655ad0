"""Tracks, frames and rules that event tests start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from picket.config.camera import CameraConfig
from picket.domain.detection import Detection
from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.track import Track
from picket.events.advance import Sighting
from picket.events.happenings import Happening
from picket.events.lifecycle import step_events
from picket.events.memory import EventState
from picket.events.rules import DetectorFacts, EventRules, compile_events

WIDTH, HEIGHT = 640, 360
REGION = Box(0, 0, 320, 320)
HOME = Box(100, 100, 140, 180)
START = 1000.0
KEPT: dict[str, object] = {"record": {"enabled": True}, "snapshots": {"enabled": True}}
T = TypeVar("T")


def rules(**sections: object) -> EventRules:
    plain: dict[str, object] = {
        "name": "yard",
        "ffmpeg": {"inputs": [{"path": "rtsp://camera/1", "roles": ["detect", "record"]}]},
        "objects": {"track": ["person", "car", "face", "ups", "license_plate"]},
    }
    config = CameraConfig.model_validate(plain | sections)
    return compile_events(config, WIDTH, HEIGHT, DetectorFacts("onnx", "yolox", "abc"))


def frame(time: float = START) -> Frame:
    return Frame(time, np.full((HEIGHT * 3 // 2, WIDTH), int(time) % 256, np.uint8))


def track(
    box: Box = HOME,
    *,
    label: str = "person",
    score: float = 0.8,
    time: float = START,
    motionless_count: int = 0,
    position_changes: int = 1,
) -> Track:
    return Track(
        id="1000.0-abcdef",
        label=label,
        start_time=START,
        frame_time=time,
        detection=Detection(label, score, box, REGION),
        is_seen=True,
        motionless_count=motionless_count,
        position_changes=position_changes,
    )


@dataclass
class Life:
    """One object from frame to frame, one second apart."""

    rules: EventRules = field(default_factory=lambda: rules(**KEPT))
    state: EventState = field(default_factory=EventState)
    time: float = START

    def see(self, seen: Track, *attributes: Detection) -> tuple[Happening, ...]:
        return self._step(
            Sighting(
                frame(self.time),
                tracks=(seen,),
                first_scores={seen.id: (seen.detection.score,) * 3},
                attributes=attributes,
            )
        )

    def lose(self, last: Track) -> tuple[Happening, ...]:
        return self._step(Sighting(frame(self.time), lost=(last,)))

    def be_believed(self, **looks: object) -> tuple[Happening, ...]:
        """Registered and, a second later, believed."""
        first = self.see(track(time=self.time, **looks))  # type: ignore[arg-type]
        return (*first, *self.see(track(time=self.time, **looks)))  # type: ignore[arg-type]

    def _step(self, sighting: Sighting) -> tuple[Happening, ...]:
        self.state, told = step_events(self.state, sighting, self.rules)
        self.time += 1
        return told


def of_kind(told: Sequence[Happening], kind: type[T]) -> list[T]:
    return [happening for happening in told if isinstance(happening, kind)]
