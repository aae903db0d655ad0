"""What a consumer who falls behind leaves out of what waits for him; pure.

A frame needs those before it, back to a keyframe. So who is too slow goes on at the newest
keyframe, and nothing between is decoded: he gets as much of each group of pictures as he can
afford, from its beginning on, however little that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from picket.domain.stream import MediaKind, Packet

PATIENCE_S = 2.0
"""So far behind is nobody who keeps up: a hiccup is made good, not skipped."""
LITTLE_PATIENCE_S = 1.0
"""Who had to skip before goes on at each keyframe that finds him so far behind: what he affords is
then spread evenly, and he looks at what happens now."""
GIVE_UP_S = 4.0
"""Where keyframes are farther apart than this, what waits is given up without one."""
OVERLOAD_S = 10.0
"""Who did not skip for so long keeps up again."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits, and what is remembered between two questions."""

    waiting: Sequence[object]  # oldest first; what is no packet begins or ends a session
    skipped_monotonic: float = float("-inf")  # arrival of the packet that made one skip last


@dataclass(frozen=True, slots=True)
class Skip:
    """What to leave out."""

    packets: int  # the oldest of those that wait
    is_all: bool = False  # the next to be taken is a keyframe that is yet to come


def find_skip(backlog: Backlog) -> Skip | None:
    """What to leave out of what waits; None while all of it can still be seen in time.

    How far behind somebody is, is told by what arrived meanwhile: no clock is asked.
    """
    packets = [one for one in backlog.waiting if isinstance(one, Packet)]
    if not packets:
        return None
    newest = packets[-1].arrival_monotonic
    behind_s = newest - packets[0].arrival_monotonic
    is_overloaded = newest - backlog.skipped_monotonic < OVERLOAD_S
    if behind_s <= (LITTLE_PATIENCE_S if is_overloaded else PATIENCE_S):
        return None
    before = _before_keyframe(packets)
    if before is not None:
        return Skip(before) if before else None
    return Skip(len(packets), is_all=True) if behind_s > GIVE_UP_S else None


def _before_keyframe(packets: Sequence[Packet]) -> int | None:
    """How many wait before the newest keyframe; None when there is none."""
    for place in reversed(range(len(packets))):
        if packets[place].is_keyframe and packets[place].kind is MediaKind.VIDEO:
            return place
    return None
