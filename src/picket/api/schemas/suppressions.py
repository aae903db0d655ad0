"""Suppressions: bodies and answers."""

from __future__ import annotations

import base64
from typing import Self

from pydantic import BaseModel, Field

from picket.api.queries import Question
from picket.api.schemas.event_changes import Done
from picket.domain.geometry import RelativeBox
from picket.domain.suppression import Suppression

NOTE_MAX = 200


class SuppressIn(Question):
    """Body of POST /api/events/<id>/suppress; it may be left out."""

    note: str | None = Field(None, max_length=NOTE_MAX)
    """Words of the user, to know it again in the list."""


class Suppressed(Done):
    """It is in effect."""

    id: str  # of the suppression: the event's


class SuppressionOut(BaseModel):
    """What is not told, and what came of it."""

    id: str  # of the event that was called false
    camera: str
    label: str
    box: RelativeBox  # x, y, width, height as shares of the frame
    score: float  # the highest that the event reached; what is surer by 0.15 is told
    note: str
    created_time: float  # Unix seconds
    quieted: int  # objects that were not told
    quieted_time: float | None  # when the last of them would have been, Unix seconds
    thumbnail: str  # JPEG of the event, base64

    @classmethod
    def of(cls, one: Suppression) -> Self:
        """The answer's form."""
        return cls(
            id=one.id,
            camera=one.camera,
            label=one.label,
            box=one.box,
            score=one.score,
            note=one.note,
            created_time=one.created_time,
            quieted=one.quieted,
            quieted_time=one.quieted_time,
            thumbnail=base64.b64encode(one.thumbnail).decode(),
        )
