"""Whether a camera sees: told in the log once it matters, and in stats at once."""

from __future__ import annotations

import logging

logger = logging.getLogger(__name__)

PATIENCE_S = 10.0  # blindness that is shorter (a detector that restarts) is not worth a line


class Sight:
    """Since when and why nobody looks at a camera's pictures."""

    def __init__(self, camera: str) -> None:
        self._camera = camera
        self._is_told = False
        self.blind_since = 0.0  # Unix seconds; 0 while it sees
        self.reason = ""

    def update(self, reason: str, now: float) -> None:
        """How it is now: why no detector answers, empty when one does; `now` is Unix seconds."""
        if not reason:
            if self._is_told:
                logger.info("camera %s sees again", self._camera)
            self.blind_since, self.reason, self._is_told = 0.0, "", False
            return
        self.blind_since = self.blind_since or now
        self.reason = reason
        if now - self.blind_since >= PATIENCE_S and not self._is_told:
            self._is_told = True
            logger.error(
                "camera %s is blind, so nothing is detected; it goes on recording: %s",
                self._camera,
                reason,
            )
