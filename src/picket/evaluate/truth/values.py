"""What a video really shows, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from picket.domain.geometry import Box

HIGH_PX = 40
"""Objects that are at least so high in the file's own pixels should never be missed."""

SHORTEST_S = 1.0
"""Who is seen for less is asked of nobody: an object may take a second to become an event."""


@dataclass(frozen=True, slots=True)
class TrueBox:
    """One object in one frame."""

    object_id: str
    label: str
    box: Box
    is_ignored: bool = False  # whatever is found here is neither right nor wrong


@dataclass(frozen=True, slots=True)
class TrueObject:
    """One object from its first to its last appearance, seconds from the video's first frame."""

    id: str
    label: str
    start_s: float
    end_s: float
    height_px: float | None = None  # half of the time it is at least so high; None: not known
    is_optional: bool = False  # may become an event or not

    @property
    def counts(self) -> bool:
        """Whether it must become an event."""
        return not self.is_optional and self.end_s - self.start_s >= SHORTEST_S

    @property
    def is_high(self) -> bool:
        """Whether it is large enough that nobody would excuse a miss."""
        return self.height_px is None or self.height_px >= HIGH_PX


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything of some labels that a video shows."""

    labels: frozenset[str]  # complete for these; what is found of others is not judged
    objects: tuple[TrueObject, ...] = ()
    boxes: Mapping[int, tuple[TrueBox, ...]] | None = None  # by frame from 1; None: only times

    def for_labels(self, tracked: Sequence[str]) -> Truth:
        """The part about labels that are looked for at all."""
        labels = self.labels & set(tracked)
        objects = tuple(each for each in self.objects if each.label in labels)
        return replace(self, labels=labels, objects=objects)

    def scaled(self, file_size: tuple[int, int], size: tuple[int, int]) -> Truth:
        """With the boxes in frames of another size (width, height), cut at their edges."""
        if self.boxes is None:
            return self
        scales = (size[0] / file_size[0], size[1] / file_size[1])
        boxes = {number: _scaled(found, scales, size) for number, found in self.boxes.items()}
        return replace(self, boxes=boxes)


@dataclass(slots=True)
class Appearances:
    """Gathers the frames of one object."""

    label: str
    numbers: list[int] = field(default_factory=list)
    heights_px: list[float] = field(default_factory=list)

    def to_object(self, name: str, fps: float) -> TrueObject:
        """The object in a video of so many frames a second."""
        start_s, end_s = (min(self.numbers) - 1) / fps, max(self.numbers) / fps
        return TrueObject(name, self.label, start_s, end_s, median(self.heights_px))


def objects_of(boxes: Mapping[int, Sequence[TrueBox]], fps: float) -> tuple[TrueObject, ...]:
    """The objects behind the boxes of all frames, in order of their first appearance."""
    gathered: dict[str, Appearances] = {}
    for number in sorted(boxes):
        for found in boxes[number]:
            if not found.is_ignored:
                one = gathered.setdefault(found.object_id, Appearances(found.label))
                one.numbers.append(number)
                one.heights_px.append(found.box.height)
    return tuple(one.to_object(name, fps) for name, one in gathered.items())


def _scaled(
    found: Sequence[TrueBox], scales: tuple[float, float], size: tuple[int, int]
) -> tuple[TrueBox, ...]:
    boxes = ((each, _scaled_box(each.box, scales).clipped(*size)) for each in found)
    return tuple(replace(each, box=box) for each, box in boxes if box is not None)


def _scaled_box(box: Box, scales: tuple[float, float]) -> Box:
    x1, x2 = (round(x * scales[0]) for x in (box.x1, box.x2))
    y1, y2 = (round(y * scales[1]) for y in (box.y1, box.y2))
    return Box(x1, y1, max(x2, x1 + 1), max(y2, y1 + 1))
