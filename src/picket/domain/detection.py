"""What a detector says about one frame."""

from __future__ import annotations

from dataclasses import dataclass

from picket.domain.geometry import Box


@dataclass(frozen=True, slots=True)
class Detection:
    """One object in one frame; a Track is what outlives the frame."""

    label: str  # such as "person"
    score: float  # detector confidence, 0..1
    box: Box  # pixels of the detect stream
    region: Box  # the square that was looked at; may stick out of the frame

    def __post_init__(self) -> None:
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"score must lie in 0..1, got {self.score!r} for {self.label!r}")
