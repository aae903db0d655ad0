"""What stands about: the answer."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel

from picket.domain.resident import ResidentView, Whereabouts


class ResidentOut(BaseModel):
    """Something that came to rest and is known over losses and restarts."""

    id: str  # of the event that showed it first, unless that was not worth keeping
    label: str
    box: tuple[float, float, float, float]  # x, y, width, height as shares of the frame, 0..1
    since_time: float  # when it was first seen, Unix seconds
    seen_time: float  # when a detector last found it, to ten minutes
    whereabouts: Whereabouts

    @classmethod
    def of(cls, resident: ResidentView) -> Self:
        """Of one that a camera told."""
        return cls(
            id=resident.id,
            label=resident.label,
            box=resident.box,
            since_time=resident.since_time,
            seen_time=resident.seen_time,
            whereabouts=resident.whereabouts,
        )
