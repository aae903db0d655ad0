"""Which processes have spoken, when, and how often another one took their place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from picket.domain.status import ProcessLife


@dataclass(frozen=True, slots=True)
class _Heard:
    pid: int
    last_monotonic: float
    restarts: int


class RollCall:
    """One thread notes, any may ask."""

    def __init__(self, expected: Mapping[str, tuple[str, ...]]) -> None:
        """Args: expected: cameras by process, of those that are to speak."""
        self._cameras = dict(expected)
        self._heard: dict[str, _Heard] = {}

    def note(self, name: str, pid: int, now_monotonic: float) -> None:
        """A process said something."""
        known = self._heard.get(name)
        restarts = known.restarts + (known.pid != pid) if known else 0
        self._heard[name] = _Heard(pid, now_monotonic, restarts)

    def lives(self, now_monotonic: float) -> dict[str, ProcessLife]:
        """By name, whoever is expected or has spoken."""
        heard = dict(self._heard)
        silent = {
            name: ProcessLife(math.inf, 0, cameras) for name, cameras in self._cameras.items()
        }
        return silent | {
            name: ProcessLife(
                now_monotonic - one.last_monotonic, one.restarts, self._cameras.get(name, ())
            )
            for name, one in heard.items()
        }
