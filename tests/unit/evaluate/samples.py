"""Small observations and truths, put together by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.evaluate.observed import (
    AnalysedFrame,
    Following,
    NotedEvent,
    Observation,
    TrackedBox,
)
from picket.evaluate.truth.values import TrueBox, TrueObject, Truth
from picket.evaluate.video import VideoFacts

FPS = 5
REGION = Box(0, 0, 320, 320)
FACTS = VideoFacts(Path("yard.mp4"), 640, 360, 640, 360, fps=FPS, detect_fps=FPS)


def box(x: int, y: int = 100, width: int = 50, height: int = 100) -> Box:
    return Box(x, y, x + width, y + height)


def detection(where: Box, score: float = 0.8, label: str = "person") -> Detection:
    return Detection(label, score, where, REGION)


def true_box(
    where: Box, object_id: str = "person 1", label: str = "person", *, is_ignored: bool = False
) -> TrueBox:
    return TrueBox(object_id, label, where, is_ignored)


def frame(
    number: int,
    believed: Sequence[Detection] = (),
    doubted: Sequence[Detection] = (),
    looks: int = 1,
) -> AnalysedFrame:
    return AnalysedFrame(number, (number - 1) / FPS, tuple(believed), tuple(doubted), looks)


def frames(count: int) -> tuple[AnalysedFrame, ...]:
    return tuple(frame(number) for number in range(1, count + 1))


def followed(
    walks: Mapping[str, Mapping[int, Box]], count: int, label: str = "person"
) -> Following:
    """Tracks by id with their boxes by frame number; each is an event from its third box on."""
    tracks = tuple(
        tuple(
            TrackedBox(track_id, label, walk[number])
            for track_id, walk in walks.items()
            if number in walk
        )
        for number in range(1, count + 1)
    )
    events = tuple(
        NotedEvent(track_id, label, (sorted(walk)[2] - 1) / FPS)
        for track_id, walk in walks.items()
        if len(walk) > 2
    )
    return Following(tracks, events)


def standing(where: Box, first: int, last: int) -> dict[int, Box]:
    """The same box in these frames, both included."""
    return dict.fromkeys(range(first, last + 1), where)


def observation(ours: Following, baseline: Following | None = None) -> Observation:
    return Observation(FACTS, frames(len(ours.tracks)), ours, baseline, took_s=2.0, computed_s=1.0)


def boxes_truth(
    boxes: Mapping[int, Sequence[TrueBox]], objects: Sequence[TrueObject] = ()
) -> Truth:
    return Truth(
        frozenset({"person"}), tuple(objects), {n: tuple(found) for n, found in boxes.items()}
    )


def times_truth(*objects: TrueObject) -> Truth:
    return Truth(frozenset({"person"}), objects)
