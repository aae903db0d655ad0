"""`motion`: what counts as movement in the picture."""

from __future__ import annotations

from picket.config.section import Section, setting
from picket.config.words import TextOrList


class MotionConfig(Section):
    """Motion detection on a small grey copy of the detect stream."""

    enabled: bool = setting("Whether motion is looked for.", default=True)
    threshold: int = setting(
        "Difference of brightness that counts as changed.",
        default=30,
        unit="luma, 1..255",
        ge=1,
        le=255,
    )
    lightning_threshold: float = setting(
        "Share of changed picture taken for a change of light, not motion.",
        default=0.8,
        unit="0.3..1.0",
        ge=0.3,
        le=1.0,
    )
    improve_contrast: bool = setting("Stretch the contrast first; helps at night.", default=True)
    contour_area: int = setting(
        "Smaller changed patches are ignored.", default=10, unit="px^2 of the small picture"
    )
    delta_alpha: float = setting("Accepted for old files; has no effect.", default=0.2)
    frame_alpha: float = setting(
        "How fast the background takes in what stays.", default=0.01, unit="share per frame"
    )
    frame_height: int = setting("Height of the small picture.", default=100, unit="px", gt=0)
    mask: TextOrList = setting(
        "Polygons in which motion is ignored: `x1,y1,x2,y2,...`, one or a list.", default=""
    )
    mqtt_off_delay: int = setting(
        "Quiet time after which MQTT says that motion ended.", default=30, unit="s", ge=0
    )
