"""A thing that stands at its place: what is remembered of it over losses and restarts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from picket.domain.appearance import Appearance
from picket.domain.geometry import Box, RelativeBox


@dataclass(frozen=True, slots=True)
class Resident:
    """A parked car and the like."""

    id: str  # of the track that came to rest here, and so of the event that shows it
    label: str
    box: Box  # its place, pixels of the detect stream
    appearances: tuple[Appearance, ...]  # of its place with it, newest first
    since_time: float  # when it was first seen, Unix seconds
    seen_time: float  # when a detector last found it; kept to ten minutes


class Whereabouts(StrEnum):
    """How sure it is that a resident is there."""

    STANDING = "standing"  # it is being tracked
    MISSED = "missed"  # lost a short while ago; its event goes on
    REMEMBERED = "remembered"  # not found now, and its place was not seen empty


@dataclass(frozen=True, slots=True)
class ResidentView:
    """A resident as clients see it."""

    id: str
    label: str
    box: RelativeBox
    since_time: float  # Unix seconds
    seen_time: float
    whereabouts: Whereabouts
