"""What whoever writes an export and whoever follows it share."""

from __future__ import annotations

import threading


class ExportStopped(Exception):
    """The export is not wanted any more, or the program ends."""


class Watch:
    """Progress one way, the wish to stop the other way; for two threads."""

    def __init__(self) -> None:
        self.progress = 0.0  # 0..1, written by whoever does the work
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask for an early end."""
        self._stop.set()

    def check(self) -> None:
        """Raises: ExportStopped when an early end was asked for."""
        if self._stop.is_set():
            raise ExportStopped

    def pause(self, seconds: float) -> None:
        """Rest that long, unless an early end is asked for."""
        self._stop.wait(seconds)
