"""The tracking settings of one camera."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from picket.config.detect import DetectConfig


@dataclass(frozen=True, slots=True)
class TrackRules:
    """What the tracker needs, counted in analysed frames."""

    min_initialized: float  # hits beyond which a candidate becomes an object
    max_disappeared: int  # frames without a sure sighting that an object survives
    stationary_threshold: int  # frames without a move
    max_frames: int | None = None  # stationary frames after which an object is forgotten
    max_frames_by_label: Mapping[str, int] = field(default_factory=dict)

    def stationary_limit(self, label: str) -> int | None:
        """Frames that an object of this label may stand still; None means for ever."""
        return self.max_frames_by_label.get(label, self.max_frames)


def compile_tracking(config: DetectConfig) -> TrackRules:
    """The rules of a camera."""
    stationary = config.stationary
    return TrackRules(
        min_initialized=config.min_initialized,
        max_disappeared=config.max_disappeared,
        stationary_threshold=stationary.threshold,
        max_frames=stationary.max_frames.default,
        max_frames_by_label=stationary.max_frames.objects,
    )
