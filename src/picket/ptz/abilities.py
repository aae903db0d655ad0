"""What a camera can do, from what it tells about itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

H264 = "H264"

FIELD_OF_VIEW = "TranslationSpaceFov"
"""Ends the name of the space whose unit is the picture, as following an object needs it.

Source: ONVIF PTZ Service Specification, section 5.8.2.
"""


@dataclass(frozen=True, slots=True)
class PtzAbilities:
    """How a camera can be moved."""

    name: str  # of the camera in the configuration
    features: tuple[str, ...]  # `pt`, `zoom`, `pt-r`, `zoom-r`, `zoom-a`, `pt-r-fov`
    presets: tuple[str, ...]  # lower case, in the camera's order


@dataclass(frozen=True, slots=True)
class MediaProfile:
    """A media profile of a camera: a stream, and what it may be moved by."""

    token: str
    encoding: str  # as ONVIF names it, such as `H264`; empty without video
    ptz_configuration: str  # token; empty if this profile cannot be moved


GENERIC = "GenericSpace"
"""Ends the names of the spaces whose unit is the range of the camera's motors."""


@dataclass(frozen=True, slots=True)
class Span:
    """One axis of a coordinate system."""

    uri: str
    low: float
    high: float

    def limited(self, value: float) -> float:
        """The nearest value that the axis has."""
        return min(max(value, self.low), self.high)


@dataclass(frozen=True, slots=True)
class PtzSpaces:
    """Coordinate systems that a camera offers for its moves, by URI; none if it lacks one."""

    continuous_pan_tilt: tuple[str, ...] = ()
    continuous_zoom: tuple[str, ...] = ()
    relative_pan_tilt: tuple[str, ...] = ()
    relative_zoom: tuple[Span, ...] = ()
    absolute_zoom: tuple[Span, ...] = ()


def choose_profile(profiles: Sequence[MediaProfile]) -> MediaProfile | None:
    """The first H.264 profile that can be moved, else the first that can, else none."""
    movable = [profile for profile in profiles if profile.ptz_configuration]
    return next((profile for profile in movable if profile.encoding == H264), None) or next(
        iter(movable), None
    )


def list_features(spaces: PtzSpaces) -> tuple[str, ...]:
    """The features in Frigate's words and order."""
    offered = {
        "pt": spaces.continuous_pan_tilt,
        "zoom": spaces.continuous_zoom,
        "pt-r": spaces.relative_pan_tilt,
        "zoom-r": spaces.relative_zoom,
        "zoom-a": spaces.absolute_zoom,
        "pt-r-fov": find_picture_space(spaces),
    }
    return tuple(feature for feature, found in offered.items() if found)


def find_picture_space(spaces: PtzSpaces) -> str:
    """The URI of the space whose unit is the picture; empty when the camera has none."""
    return next((uri for uri in spaces.relative_pan_tilt if uri.endswith(FIELD_OF_VIEW)), "")


def find_generic_span(spans: Sequence[Span]) -> Span | None:
    """The span whose unit is the motor's range; None when the camera has none."""
    return next((span for span in spans if span.uri.endswith(GENERIC)), None)
