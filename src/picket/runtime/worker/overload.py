"""Whether a camera asks too much of the machine: shown in stats at once, in the log once."""

from __future__ import annotations

import logging
from dataclasses import dataclass

logger = logging.getLogger(__name__)

SKIPPED_SHARE = 0.01
"""Of the frames that are due. None should be skipped."""
SHED_SHARE = 0.05
"""Of the looks that are wanted. A look now and then waits for the next frame."""
PATIENCE_S = 10.0  # what is shorter is not worth a line
CALM_S = 30.0  # without a new reason, until it is over: load comes and goes


@dataclass(frozen=True, slots=True)
class Load:
    """Of one camera, a second each."""

    due_fps: float  # frames that should be analysed
    skipped_fps: float
    look_fps: float  # looks that were made
    shed_fps: float  # looks that were given up, because a detector was busy until it was too late


def why_overloaded(load: Load) -> str:
    """What is too slow, and what would help; empty while nothing is."""
    reasons = []
    if load.skipped_fps > SKIPPED_SHARE * load.due_fps:
        reasons.append(
            f"decoding: {load.skipped_fps:.1f} of {load.due_fps:.1f} frames a second are skipped;"
            " use a smaller stream for detection, a lower detect.fps or fewer cameras"
        )
    wanted_fps = load.look_fps + load.shed_fps
    if load.shed_fps > SHED_SHARE * wanted_fps:
        reasons.append(
            f"detector: {load.shed_fps:.1f} of {wanted_fps:.1f} looks a second are left out, the"
            " least urgent first; use a faster detector, a smaller model or a lower detect.fps"
        )
    return "; ".join(reasons)


class Overload:
    """Since when and why a camera does less than it should."""

    def __init__(self, camera: str) -> None:
        self._camera = camera
        self._is_told = False
        self._bad_time = 0.0  # when there was a reason last
        self.since = 0.0  # Unix seconds; 0 while all is done
        self.reason = ""

    def update(self, reason: str, now: float) -> None:
        """How it is now: see `why_overloaded`; `now` is Unix seconds."""
        if reason:
            self.since, self.reason, self._bad_time = self.since or now, reason, now
            if now - self.since >= PATIENCE_S and not self._is_told:
                self._is_told = True
                logger.warning("camera %s is overloaded: %s", self._camera, reason)
        elif self.since and now - self._bad_time >= CALM_S:
            if self._is_told:
                logger.info("camera %s is no longer overloaded", self._camera)
            self.since, self.reason, self._is_told = 0.0, "", False
