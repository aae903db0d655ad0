"""Which objects need a look in this frame, and which are taken to be where they were."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from picket.domain.geometry import Box
from picket.domain.track import Track

WAKE_FRAMES = 3
"""An object that stands while something moves on it is looked at once in so many frames."""
MISSED_FRAMES = 4
"""An object that was missed is looked for in so many frames, …"""
MISSED_INTERVAL = 4
"""… then once in so many, until the tracker gives it up or something moves there."""


class Turn(Enum):
    """What a frame does about an object."""

    LOOK = auto()
    LEAVE = auto()  # no look of its own; what a region happens to show of it counts
    ASSUME = auto()  # nothing moved on it, so it is where it was, whatever a region shows


@dataclass(frozen=True, slots=True)
class TurnRules:
    """When objects that stand are looked at, in analysed frames."""

    calm_frames: int  # without a move, after which nothing but motion makes an object interesting
    stationary_frames: int  # the same, while nobody would see what moves
    interval: int  # the longest time between two looks
    phase: int  # of this camera, so that not all look in the same frame


@dataclass(frozen=True, slots=True)
class Occasion:
    """One frame, before anybody looked at it."""

    number: int  # one more than of the frame before
    motion: tuple[Box, ...] = ()  # that guides; none while motion calibrates
    is_watched: bool = True  # motion would have been seen
    doubted: frozenset[str] = frozenset()  # tracks that have not convinced
    absent: tuple[Box, ...] = ()  # where something stood that no track stands for


@dataclass(frozen=True, slots=True)
class LastLook:
    """When an object was looked at."""

    looked: int  # number of the last frame with a region that showed it
    found: int  # number of the last frame that it was in


def is_standing(track: Track, occasion: Occasion, rules: TurnRules) -> bool:
    """Whether it was there last time, after it had stood still for long enough.

    What is in doubt must convince by being looked at, so it takes longer.
    """
    is_trusted = occasion.is_watched and track.id not in occasion.doubted
    enough = rules.calm_frames if is_trusted else rules.stationary_frames
    return track.is_sure and track.motionless_count >= enough


def turn_of(track: Track, last: LastLook, occasion: Occasion, rules: TurnRules) -> Turn:
    """What to do about an object, as the last frame left it."""
    since_look = occasion.number - last.looked
    if not track.is_seen:
        missed = occasion.number - last.found - 1
        is_due = missed <= MISSED_FRAMES or since_look >= MISSED_INTERVAL
        return Turn.LOOK if is_due else Turn.LEAVE
    if not is_standing(track, occasion, rules):
        return Turn.LOOK
    if any(track.detection.box.overlaps(box) for box in occasion.motion):
        return Turn.LOOK if since_look >= WAKE_FRAMES else Turn.LEAVE
    is_late = since_look >= rules.interval
    return Turn.LOOK if is_late or _has_its_beat(track, occasion, rules) else Turn.ASSUME


def _has_its_beat(track: Track, occasion: Occasion, rules: TurnRules) -> bool:
    """Whether it is time to see if it still stands there: ever more seldom.

    Objects that stand for about as long have their beats together, so that one look shows many.
    """
    rhythm = min(1 << (track.motionless_count.bit_length() - 1), rules.interval)
    return (occasion.number + rules.phase) % rhythm == 0
