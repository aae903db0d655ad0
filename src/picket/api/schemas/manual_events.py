"""Manual events: bodies and answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from picket.api.queries import Question
from picket.api.schemas.event_changes import SUB_LABEL_MAX, Done
from picket.domain.geometry import Box
from picket.media.palette import Color

DEFAULT_DURATION_S = 30.0
MAX_DURATION_S = 86_400.0 * 7
MAX_BOXES = 100

Share = Annotated[float, Field(ge=0, le=1)]
"""Of the width or height of the picture."""

Level = Annotated[int, Field(ge=0, le=255)]


class BoxIn(Question):
    """A box to draw."""

    box: tuple[Share, Share, Share, Share]
    """x, y, width, height as shares of the picture."""
    color: tuple[Level, Level, Level] = (255, 0, 0)
    """Red, green, blue."""
    score: float | None = None
    """Percent, only shown."""

    def to_pixels(self, width: int, height: int) -> Box:
        """In a picture of this size; at least one pixel each way."""
        x, y, w, h = self.box
        x1, y1 = min(int(x * width), width - 1), min(int(y * height), height - 1)
        x2 = min(max(int((x + w) * width), x1 + 1), width)
        y2 = min(max(int((y + h) * height), y1 + 1), height)
        return Box(x1, y1, x2, y2)

    def bgr(self) -> Color:
        """The colour as OpenCV wants it."""
        red, green, blue = self.color
        return blue, green, red


class DrawIn(Question):
    """What is drawn on the picture."""

    boxes: list[BoxIn] = Field(default=[], max_length=MAX_BOXES)
    """Drawn in this order."""


class ManualEventIn(Question):
    """Body of POST /api/events/<camera>/<label>/create; every key may be left out."""

    sub_label: str | None = Field(None, max_length=SUB_LABEL_MAX)
    """A name for what happened."""
    duration: float | None = Field(DEFAULT_DURATION_S, ge=0, le=MAX_DURATION_S)
    """Seconds; null for an event that lasts until it is ended."""
    include_recording: bool = True
    """Whether the event has a clip, if its camera is recorded."""
    score: float = Field(0.0, ge=0, le=1)
    """How sure."""
    source_type: str = Field("api", min_length=1, max_length=30)
    """Who noticed: `api`, or `audio` for a sound."""
    draw: DrawIn = DrawIn()
    """What is drawn on the picture."""


class CreatedOut(Done):
    """The new event."""

    event_id: str
