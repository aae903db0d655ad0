"""`timestamp_style`: the time drawn into pictures."""

from __future__ import annotations

from typing import Literal

from picket.config.section import Section, setting


class ColorConfig(Section):
    """A colour."""

    red: int = setting("Red.", default=255, unit="0..255", ge=0, le=255)
    green: int = setting("Green.", default=255, unit="0..255", ge=0, le=255)
    blue: int = setting("Blue.", default=255, unit="0..255", ge=0, le=255)


class TimestampStyle(Section):
    """How the time looks."""

    position: Literal["tl", "tr", "bl", "br"] = setting(
        "Corner: top or bottom, left or right.", default="tl"
    )
    format: str = setting("A strftime pattern.", default="%m/%d/%Y %H:%M:%S")
    color: ColorConfig = setting("Colour of the text.", default=ColorConfig())
    thickness: int = setting("Thickness of the strokes.", default=2, unit="px", ge=1)
    effect: Literal["solid", "shadow"] | None = setting("What lies behind the text.", default=None)
