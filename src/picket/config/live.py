"""`live` and `rtmp`: watching a camera as it is now."""

from __future__ import annotations

from picket.config.section import Section, setting


class LiveConfig(Section):
    """The live view."""

    stream_name: str = setting(
        "Name of the restream to show; the camera's when missing.", default=""
    )
    height: int = setting("Height of the fallback stream.", default=720, unit="px", gt=0)
    quality: int = setting("Its quality, 1 is best.", default=8, unit="1..31", ge=1, le=31)


class RtmpConfig(Section):
    """Restreaming by RTMP, long deprecated."""

    enabled: bool = setting("Accepted for old files.", default=False)
