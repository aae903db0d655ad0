"""A mistake that a user named once, so that it is not told again."""

from __future__ import annotations

from dataclasses import dataclass

from picket.domain.appearance import Appearance
from picket.domain.geometry import RelativeBox


@dataclass(frozen=True, slots=True)
class Suppression:
    """What looks like this at this place of this camera is no such object."""

    id: str  # of the event that was called false
    camera: str
    label: str
    box: RelativeBox  # of the event's best shot
    appearance: Appearance  # what that shot shows in the box
    score: float  # the highest that the event reached, 0..1
    created_time: float  # Unix seconds
    note: str = ""  # the user's
    thumbnail: bytes = b""  # JPEG of the event, which may be deleted before this is
    quieted: int = 0  # objects that were not told
    quieted_time: float | None = None  # when the last of them would have been, Unix seconds
