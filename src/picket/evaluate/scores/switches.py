"""Where a true object goes on under another identity, to be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from picket.domain.geometry import Box
from picket.evaluate.observed import TrackedBox
from picket.evaluate.scores.boxes import SAME_IOU
from picket.evaluate.scores.tracks import Scene
from picket.evaluate.truth.values import TrueBox


@dataclass(frozen=True, slots=True)
class Switch:
    """A change of identity; places are indices into the analysed frames."""

    object_id: str
    before: int  # where it was last seen under its old identity
    after: int  # where it is first seen under its new one
    box_before: Box
    box_after: Box


def find_switches(frames: Sequence[Scene]) -> Iterator[Switch]:
    """Every change of identity, in order of time.

    Pairs are made anew in every frame, largest overlap first, so that now and then there is one
    more or less than in TrackEval's count, which prefers the pairs of the frame before.
    """
    last: dict[str, tuple[int, TrackedBox]] = {}
    for place, frame in enumerate(frames):
        for true, track in _pairs(frame):
            before = last.get(true.object_id)
            if before is not None and before[1].id != track.id:
                yield Switch(true.object_id, before[0], place, before[1].box, track.box)
            last[true.object_id] = (place, track)


def _pairs(frame: Scene) -> Iterator[tuple[TrueBox, TrackedBox]]:
    overlaps = [
        (true.box.iou(track.box), row, column)
        for row, true in enumerate(frame.truths)
        for column, track in enumerate(frame.tracks)
        if true.label == track.label
    ]
    rows: set[int] = set()
    columns: set[int] = set()
    for overlap, row, column in sorted(overlaps, reverse=True):
        if overlap >= SAME_IOU and row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            yield frame.truths[row], frame.tracks[column]
