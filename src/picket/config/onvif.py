"""`cameras.<name>.onvif`: cameras that can be moved."""

from __future__ import annotations

from typing import Literal

from pydantic import field_validator

from picket.config.section import Section, setting

MOVEMENT_WEIGHTS = 5
"""Numbers that a calibration writes."""


class PtzAutotrackConfig(Section):
    """Following an object with the camera."""

    enabled: bool = setting(
        "Whether to follow; if not, it cannot be switched on while running.", default=False
    )
    calibrate_on_startup: bool = setting(
        "Measure at each start how long the camera takes to turn.", default=False
    )
    zooming: Literal["disabled", "absolute", "relative"] = setting(
        "How to zoom while following: to a place in the range, which the camera must tell"
        " (`zoom-a`), or by a distance (`zoom-r`).",
        default="disabled",
    )
    zoom_factor: float = setting(
        "How close to zoom, larger is closer: a square as long as his box should fill 0.6 to the"
        " power of 1 / `zoom_factor` of the picture.",
        default=0.3,
        unit="0.1..0.75",
        ge=0.1,
        le=0.75,
    )
    track: tuple[str, ...] = setting("Labels to follow.", default=("person",))
    required_zones: tuple[str, ...] = setting("Follow what entered one of these zones.", default=())
    return_preset: str = setting("Preset to return to.", default="home")
    timeout: int = setting("Time to wait before returning.", default=10, unit="s", ge=0)
    movement_weights: str | tuple[str, ...] = setting(
        "What a calibration measured: the range of the zoom, then seconds before a turn, and for"
        " half a picture across and down; `0, 1, 0.3, 0.8, 0.5` or a list.",
        default=(),
    )
    enabled_in_config: bool | None = setting(
        "Filled in: what the file says, whatever was switched since.", default=None
    )

    @field_validator("movement_weights")
    @classmethod
    def _five_numbers(cls, written: str | tuple[str, ...]) -> tuple[str, ...]:
        weights = written.split(",") if isinstance(written, str) else written
        weights = [weight.strip() for weight in weights if weight.strip()]
        if weights and len(weights) != MOVEMENT_WEIGHTS:
            raise ValueError(
                f"movement_weights needs exactly {MOVEMENT_WEIGHTS} numbers, got {len(weights)}:"
                " delete the key and calibrate again"
            )
        return tuple(str(float(weight)) for weight in weights)


class OnvifConfig(Section):
    """The camera's ONVIF service."""

    host: str = setting("Name or address; empty means the camera has none.", default="")
    port: int = setting("TCP port.", default=8000, ge=1, le=65535)
    user: str | None = setting("User name; `{FRIGATE_NAME}` is replaced.", default=None)
    password: str | None = setting(
        "Password; `{FRIGATE_NAME}` is replaced.", default=None, repr=False
    )
    autotracking: PtzAutotrackConfig = setting(
        "Following an object with the camera.", default=PtzAutotrackConfig()
    )
