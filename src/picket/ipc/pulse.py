"""A sign of life: one process gives it, another watches it, and neither waits for the other."""

from __future__ import annotations

import struct
from functools import cached_property

from picket.ipc.block import SharedBlock

_SIZE_BYTES = struct.calcsize("d")


class Pulse:
    """When a process was last seen to be well, in seconds of the machine's monotonic clock.

    Eight aligned bytes of shared memory: they are written and read whole.
    """

    def __init__(self) -> None:
        self._block = SharedBlock("picket-pulse", _SIZE_BYTES)

    def beat(self, now_monotonic: float) -> None:
        """All is well."""
        self._time[0] = now_monotonic

    def clear(self) -> None:
        """A new process, which has not shown itself yet."""
        self._time[0] = 0.0

    @property
    def last_monotonic(self) -> float:
        """Time of the last beat; 0 before the first."""
        return self._time[0]

    def fileno(self) -> int:
        """Of the shared memory."""
        return self._block.fileno()

    @cached_property
    def _time(self) -> memoryview[float]:
        return memoryview(self._block.map()).cast("d")
