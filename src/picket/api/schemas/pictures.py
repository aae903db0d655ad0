"""Pictures: questions."""

from __future__ import annotations

from pydantic import BaseModel, Field

from picket.api.queries import Height, Number, Switch, WholeNumber
from picket.domain.overlay import SnapshotOptions
from picket.media.draw import Overlays
from picket.media.draw_grid import GridStyle
from picket.media.palette import NAMED

QUALITY = 70
MAX_FPS = 60
FONT_SCALE = 0.5
FONT_SCALES = (0.1, 5.0)
"""Smaller letters are dots, larger ones leave their cell even in the largest frame."""


class OverlaySwitches(BaseModel):
    """What is drawn over a live picture; each 0 or 1."""

    bbox: Switch = False
    timestamp: Switch = False
    zones: Switch = False
    mask: Switch = False
    motion: Switch = False
    regions: Switch = False

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
    quality: WholeNumber = QUALITY


class StreamOptions(OverlaySwitches):
    """Query string of GET /api/<camera>."""

    h: Height = 360
    fps: int = Field(3, ge=1, le=MAX_FPS)


class SnapshotQuery(BaseModel):
    """Query string of snapshot.jpg; only for running events, but for `download`."""

    h: Height | None = None
    bbox: Switch = False
    timestamp: Switch = False
    crop: Switch = False
    quality: WholeNumber = QUALITY
    download: str = ""  # any text

    def options(self) -> SnapshotOptions:
        """In the words of those who draw."""
        return SnapshotOptions(
            height=self.h,
            bounding_box=self.bbox,
            timestamp=self.timestamp,
            crop=self.crop,
            quality=clamped_quality(self.quality),
        )


class GridOptions(BaseModel):
    """Query string of GET /api/<camera>/grid.jpg; what makes no sense is as if left out."""

    color: str = "green"  # one of NAMED
    font_scale: Number = FONT_SCALE

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
