"""What a camera that follows needs of the outside world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from picket.config.onvif import PtzAutotrackConfig
from picket.domain.gaze import Standing


@dataclass(frozen=True, slots=True)
class FollowTools:
    """What the outside world gives."""

    settings: Callable[[], PtzAutotrackConfig]  # in effect now
    tell: Callable[[Standing], None]  # once a second, and at once when it changes
    travel_file: Path
    monotonic: Callable[[], float]
