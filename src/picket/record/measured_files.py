"""The calls by which recordings reach the disk, with a count and a clock beside them."""

from __future__ import annotations

from collections.abc import Callable

from picket.domain.measures import NO_WRITES
from picket.record.files import Files


class MeasuredFiles(Files):
    """One recorder's; its thread alone calls, any thread may read."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Args: monotonic: seconds of a clock that nobody sets."""
        self._monotonic = monotonic
        self.written_bytes = 0
        self.writes = NO_WRITES
        self.syncs = NO_WRITES

    def write(self, fd: int, data: bytes | memoryview) -> int:
        """See Files."""
        started = self._monotonic()
        taken = super().write(fd, data)
        self.writes = self.writes.observed(self._monotonic() - started)
        self.written_bytes += taken
        return taken

    def sync(self, fd: int) -> None:
        """See Files."""
        started = self._monotonic()
        super().sync(fd)
        self.syncs = self.syncs.observed(self._monotonic() - started)
