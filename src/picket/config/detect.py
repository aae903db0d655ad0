"""`detect`: the stream that is analysed and how long objects live."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import model_validator

from picket.config.section import Section, setting

DEFAULT_FPS = 5

Decode = Literal["auto", "all"]
"""Which frames of the detect stream are decoded."""


class StationaryMaxFrames(Section):
    """After how many frames a parked object is forgotten."""

    default: int | None = setting(
        "For labels not listed in `objects`; null means never.", default=None, unit="frames", ge=1
    )
    objects: dict[str, int] = setting("Limit per label.", default={}, unit="frames")


class StationaryConfig(Section):
    """Objects that stand still are looked at less often."""

    interval: int = setting(
        "A standing object is confirmed once in this many frames; 10 seconds' worth when missing.",
        default=10 * DEFAULT_FPS,
        unit="frames",
        gt=0,
    )
    threshold: int = setting(
        "Frames without a move after which an object counts as stationary;"
        " 10 seconds' worth when missing.",
        default=10 * DEFAULT_FPS,
        unit="frames",
        ge=1,
    )
    max_frames: StationaryMaxFrames = setting(
        "After how many frames a stationary object is dropped.", default=StationaryMaxFrames()
    )


class DetectConfig(Section):
    """The detect stream; `min_initialized`, `max_disappeared` and `stationary` follow `fps`."""

    height: int | None = setting(
        "Height of the detect stream; asked of the camera when missing.",
        default=None,
        unit="px",
        gt=0,
    )
    width: int | None = setting(
        "Width of the detect stream; asked of the camera when missing.",
        default=None,
        unit="px",
        gt=0,
    )
    fps: int = setting("Frames analysed per second.", default=DEFAULT_FPS, unit="frames/s", gt=0)
    decode: Decode = setting(
        "`auto` decodes only keyframes while nothing stirs, and once something does also what came"
        " since the last one; where keyframes are more than 4.5 s apart, or noise or a constant bit"
        " rate hide from the sizes of packets who passes, every frame as `all` does.",
        default="auto",
    )
    enabled: bool = setting("Whether objects are looked for.", default=True)
    min_initialized: float = setting(
        "Hits before an object is believed; half a second's worth when missing.",
        default=DEFAULT_FPS / 2,
        unit="frames",
        ge=0,
    )
    max_disappeared: int = setting(
        "Frames without a sure detection after which an object is gone;"
        " 5 seconds' worth when missing.",
        default=5 * DEFAULT_FPS,
        unit="frames",
        ge=0,
    )
    stationary: StationaryConfig = setting("Objects that stand still.", default=StationaryConfig())
    annotation_offset: int = setting(
        "Shift of the boxes drawn over recordings by the web page.", default=0, unit="ms"
    )

    @model_validator(mode="before")
    @classmethod
    def _follow_fps(cls, data: Any) -> Any:
        """Fill in what depends on `fps`; nonsense is left for the fields to refuse."""
        if not isinstance(data, dict):
            return data
        try:
            fps = int(data.get("fps") or DEFAULT_FPS)
        except (TypeError, ValueError):
            return data
        own = {key: value for key, value in data.items() if value is not None}
        filled = {"min_initialized": fps / 2, "max_disappeared": fps * 5} | own
        stationary = own.get("stationary", {})
        if isinstance(stationary, StationaryConfig):
            stationary = stationary.model_dump(exclude_unset=True)
        if isinstance(stationary, dict):
            written = {key: value for key, value in stationary.items() if value is not None}
            filled["stationary"] = {"interval": fps * 10, "threshold": fps * 10} | written
        return filled
