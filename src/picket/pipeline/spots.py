"""Where something unknown may be: what waits for a look, and what was not worth one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from picket.domain.geometry import Box

MOSTLY = 0.75
"""A place of which so much moves again is no second place."""
SAME_IOU = 0.5
"""Motion that overlaps so much with motion in which nothing was found is the same branch. A branch
comes back to where it was; somebody who walks has left that place after a frame or two."""
LONGEST_PAUSE_FRAMES = 5
"""The pauses between looks at such motion grow up to here: at 5 frames a second, somebody who was
overlooked is looked for again within a second."""
FORGET_FRAMES = 25
"""A place where nothing moved for so long is as good as new."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of the frame that wants a look."""

    box: Box
    since: int  # number of the first frame that wanted it


@dataclass(frozen=True, slots=True)
class Barren:
    """Motion in which nothing was found."""

    box: Box
    looks: int  # in vain
    looked: int  # number of the frame with the last of them


@dataclass(frozen=True, slots=True)
class SpotMemory:
    """What is remembered between frames; the empty value is the start."""

    waiting: tuple[Spot, ...] = ()
    barren: tuple[Barren, ...] = ()


def lies_on(box: Box, other: Box) -> bool:
    """Whether most of a box is inside another."""
    return box.intersection(other) >= MOSTLY * box.area


def find_spots(
    memory: SpotMemory, motion: Sequence[Box], candidates: Sequence[Box], number: int
) -> tuple[Spot, ...]:
    """What wants a look in frame `number`, each once: what is new, and what still waits.

    Args:
        memory: as handed back for the frame before.
        motion: that no known object explains.
        candidates: where the last frame showed something that is not known yet.
        number: of the frame.
    """
    worthy = (box for box in motion if not _is_vain(box, memory.barren, number))
    fresh = tuple(dict.fromkeys((*candidates, *worthy)))
    ages = {
        box: min((p.since for p in memory.waiting if lies_on(p.box, box)), default=number)
        for box in fresh
    }
    old = (p for p in memory.waiting if not any(lies_on(p.box, box) for box in fresh))
    return (*(Spot(box, since) for box, since in ages.items()), *old)


def settle(
    barren: Sequence[Barren], looked_at: Sequence[Box], found: Sequence[Box], number: int
) -> tuple[Barren, ...]:
    """The spots not worth a look, after frame `number` looked at some and found what it found."""
    vain = [box for box in looked_at if not any(box.overlaps(other) for other in found)]
    kept = [
        _aged(old, vain, number)
        for old in barren
        if number - old.looked <= FORGET_FRAMES
        and not any(old.box.overlaps(other) for other in found)
    ]
    fresh = (box for box in vain if not any(_is_same(box, old) for old in barren))
    return (*kept, *(Barren(box, 1, number) for box in fresh))


def _is_same(box: Box, old: Barren) -> bool:
    return old.box.iou(box) >= SAME_IOU


def _aged(old: Barren, vain: Sequence[Box], number: int) -> Barren:
    """The box stays that of the first look: who moves on, however slowly, gets away from it."""
    if not any(_is_same(box, old) for box in vain):
        return old
    return Barren(old.box, old.looks + 1, number)


def _is_vain(box: Box, barren: Sequence[Barren], number: int) -> bool:
    return any(number - old.looked < _pause_frames(old) and _is_same(box, old) for old in barren)


def _pause_frames(old: Barren) -> int:
    return min(1 << (old.looks - 1), LONGEST_PAUSE_FRAMES)
