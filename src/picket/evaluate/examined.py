"""One video with everything that is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from picket.evaluate.observed import Observation
from picket.evaluate.scores.video import VideoScores
from picket.evaluate.truth.values import Truth


@dataclass(frozen=True, slots=True)
class Examined:
    """What was noticed, what was there, and what that is worth."""

    observation: Observation
    truth: Truth | None  # in pixels of the analysed frames
    scores: VideoScores
