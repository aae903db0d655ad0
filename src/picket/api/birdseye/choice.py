"""Which cameras the common picture shows; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from picket.config.birdseye import BirdseyeMode
from picket.domain.overlay import FrameNotes

REVIEW_S = 10.0
"""Where more are active than have room, the choice among them stays for so long."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A camera that may be shown."""

    camera: str
    order: int  # its place, lowest first
    idle_s: float  # since it was active last


@dataclass(frozen=True, slots=True)
class Room:
    """For what is shown there is so much time and space."""

    patience_s: float  # a camera stays so long after its last activity
    most: int | None = None  # cameras at once; None: all


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is shown, in order; the empty value is the start."""

    cameras: tuple[str, ...] = ()
    made_time: float = float("-inf")  # Unix seconds


def idle_s(mode: BirdseyeMode, notes: FrameNotes | None, now: float) -> float:
    """How long ago a camera was active in the sense of a mode, inf if it never was.

    Args:
        mode: of the camera.
        notes: of its newest frame, None before the first.
        now: Unix seconds; a camera whose clock runs ahead is judged by its own.
    """
    if mode == "continuous":
        return 0.0
    if notes is None:
        return float("inf")
    activity = notes.activity
    last = activity.motion_time if mode == "motion" else activity.object_time
    return max(now, notes.frame_time) - last


def choose(before: Choice, candidates: Iterable[Candidate], room: Room, now: float) -> Choice:
    """Every active camera; of more than there is room for, those that were active last.

    Among too many the choice stays for `REVIEW_S`, unless one of the chosen is active no more.
    """
    active = {one.camera: one for one in candidates if one.idle_s < room.patience_s}
    if room.most is None or len(active) <= room.most:
        return Choice(_in_order(active.values()), now)
    is_fresh = 0 <= now - before.made_time < REVIEW_S
    if is_fresh and len(before.cameras) == room.most and active.keys() >= set(before.cameras):
        return before
    latest = sorted(active.values(), key=lambda one: (one.idle_s, one.order, one.camera))
    return Choice(_in_order(latest[: room.most]), now)


def _in_order(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    return tuple(one.camera for one in sorted(candidates, key=lambda c: (c.order, c.camera)))
