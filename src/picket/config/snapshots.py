"""`snapshots`: pictures stored with events."""

from __future__ import annotations

from picket.config.record import RetainConfig
from picket.config.section import Section, setting


class SnapshotsConfig(Section):
    """The best picture of every event."""

    enabled: bool = setting("Whether a picture is stored.", default=False)
    clean_copy: bool = setting("Also store a PNG without anything drawn on it.", default=True)
    timestamp: bool = setting("Draw the time.", default=False)
    bounding_box: bool = setting("Draw the box.", default=True)
    crop: bool = setting("Cut out the object.", default=False)
    required_zones: tuple[str, ...] = setting(
        "Store only if the object entered one of these zones; empty means always.", default=()
    )
    height: int | None = setting(
        "Height of the picture; null keeps it.", default=None, unit="px", gt=0
    )
    retain: RetainConfig = setting("How long pictures are kept.", default=RetainConfig())
    quality: int = setting("JPEG quality.", default=70, unit="0..100", ge=0, le=100)
