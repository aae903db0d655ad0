"""The timeline: questions and answers."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel

from picket.api.queries import ALL, Limit, Question
from picket.domain.event import Moment, TimelineEntry
from picket.domain.geometry import RelativeBox


class TimelineFilter(Question):
    """Query string of GET /api/timeline."""

    camera: str = ALL
    """Name of a camera, or `all`."""
    source_id: str = ALL
    """Id of an event, or `all`."""
    limit: Limit = 100
    """How many at most; -1 for all."""


class MomentOut(BaseModel):
    """What a key moment was about; boxes are (x, y, width, height) as shares of the frame."""

    attribute: str
    box: RelativeBox
    label: str
    region: RelativeBox
    zones: list[str] = []  # only when a zone was entered


class TimelineOut(BaseModel):
    """A key moment."""

    timestamp: float
    camera: str
    source: str
    source_id: str
    class_type: Moment
    data: MomentOut

    @classmethod
    def of(cls, entry: TimelineEntry) -> Self:
        """The answer's form."""
        data = MomentOut(
            attribute=entry.attribute, box=entry.box, label=entry.label, region=entry.region
        )
        if entry.moment is Moment.ENTERED_ZONE:
            data.zones = list(entry.zones)
        return cls(
            timestamp=entry.timestamp,
            camera=entry.camera,
            source=entry.source,
            source_id=entry.source_id,
            class_type=entry.moment,
            data=data,
        )
