"""Pictures: questions."""

from __future__ import annotations

from pydantic import Field

from picket.api.queries import Height, Number, Question, Switch, WholeNumber
from picket.domain.errors import InvalidRequest
from picket.domain.overlay import SnapshotOptions
from picket.media.draw import Overlays
from picket.media.draw_grid import GridStyle
from picket.media.jpeg import MAX_HEIGHT_PX
from picket.media.palette import NAMED

QUALITY = 70
MAX_FPS = 60
FONT_SCALE = 0.5
FONT_SCALES = (0.1, 5.0)
"""Smaller letters are dots, larger ones leave their cell even in the largest frame."""


class OverlaySwitches(Question):
    """What is drawn over a live picture; each 0 or 1."""

    bbox: Switch = False
    """Boxes of the objects."""
    timestamp: Switch = False
    """The time, in the upper left."""
    zones: Switch = False
    """The zones."""
    mask: Switch = False
    """The motion mask, in black."""
    motion: Switch = False
    """Boxes of motion."""
    regions: Switch = False
    """Where objects were looked for."""

    def overlays(self) -> Overlays:
        """The switches, in the words of those who draw."""
        return Overlays(
            bounding_boxes=self.bbox,
            timestamp=self.timestamp,
            zones=self.zones,
            mask=self.mask,
            motion=self.motion,
            regions=self.regions,
        )


class LatestOptions(OverlaySwitches):
    """Query string of GET /api/<camera>/latest.jpg."""

    h: Height | None = None
    """Height in pixels; the frame's own if left out."""
    quality: WholeNumber = QUALITY
    """Of the JPEG, 0..100."""


class StreamOptions(OverlaySwitches):
    """Query string of GET /api/<camera>."""

    h: Height = 360
    """Height in pixels."""
    fps: int = Field(3, ge=1, le=MAX_FPS)
    """Pictures a second."""


class BirdseyeOptions(Question):
    """Query string of GET /api/birdseye/latest.jpg."""

    h: Height | None = None
    """Height in pixels; `birdseye.height` if left out."""
    quality: WholeNumber = QUALITY
    """Of the JPEG, 0..100."""


class BirdseyeStreamOptions(Question):
    """Query string of GET /api/birdseye."""

    h: Height = 360
    """Height in pixels."""
    fps: int = Field(3, ge=1, le=MAX_FPS)
    """Pictures a second; more than ten are not made."""


class SnapshotQuery(Question):
    """Query string of snapshot.jpg; only for running events, but for `download`."""

    h: WholeNumber = None
    """Height in pixels; the frame's own if left out."""
    bbox: Switch = False
    """The box of the object."""
    timestamp: Switch = False
    """The time, in the upper left."""
    crop: Switch = False
    """Only what lies around the object."""
    quality: WholeNumber = QUALITY
    """Of the JPEG, 0..100."""
    download: str = ""
    """Any text makes a file of it."""

    def options(self) -> SnapshotOptions:
        """In the words of those who draw. Raises: InvalidRequest when `h` makes no picture."""
        if self.h is not None and not 1 <= self.h <= MAX_HEIGHT_PX:
            raise InvalidRequest(f"h: must lie in 1..{MAX_HEIGHT_PX} pixels, got {self.h}")
        return SnapshotOptions(
            height=self.h,
            bounding_box=self.bbox,
            timestamp=self.timestamp,
            crop=self.crop,
            quality=clamped_quality(self.quality),
        )


class GridOptions(Question):
    """Query string of GET /api/<camera>/grid.jpg; what makes no sense is as if left out."""

    color: str = "green"
    """Of lines and letters: red, green, blue, black or white."""
    font_scale: Number = FONT_SCALE
    """Size of the letters, 1 is about 20 pixels."""

    def style(self) -> GridStyle:
        """In the words of those who draw."""
        smallest, largest = FONT_SCALES
        scale = FONT_SCALE if self.font_scale is None else self.font_scale
        return GridStyle(
            color=NAMED.get(self.color, NAMED["green"]),
            font_scale=min(max(scale, smallest), largest),
        )


def clamped_quality(quality: int | None) -> int:
    """JPEG quality 0..100; the default for nothing."""
    return QUALITY if quality is None else min(max(quality, 0), 100)
