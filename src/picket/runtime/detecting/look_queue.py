"""Looks that wait for a detector: any thread puts, any thread takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar


class Timed(Protocol):
    """Something that waits for its turn; seconds of the monotonic clock."""

    @property
    def due_monotonic(self) -> float:
        """Of two the one with the earlier time comes first."""

    @property
    def until_monotonic(self) -> float:
        """When it is too late to begin."""


Job = TypeVar("Job", bound=Timed)


class LookQueue(Generic[Job]):
    """Hands out what is due first, and of what is due at the same time what came first."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._jobs: list[Job] = []  # few: each camera has but some under way
        self._changed = threading.Condition()

    def put(self, job: Job) -> None:
        """Append; never blocks."""
        with self._changed:
            self._jobs.append(job)
            self._changed.notify()

    def take(self) -> Job:
        """The next that may still begin; waits for one."""
        with self._changed:
            while not (in_time := self._in_time()):
                self._changed.wait()
            job = min(in_time, key=lambda one: one.due_monotonic)
            self._jobs.remove(job)
            return job

    def take_late(self) -> list[Job]:
        """Those for which it is too late; they wait no longer."""
        with self._changed:
            in_time = self._in_time()
            late = [job for job in self._jobs if job not in in_time]
            self._jobs = in_time
            return late

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._jobs)

    def next_late_monotonic(self) -> float:
        """When the first of those that wait will be late; infinite while nobody waits."""
        with self._changed:
            return min((job.until_monotonic for job in self._jobs), default=float("inf"))

    def _in_time(self) -> list[Job]:
        now = self._monotonic()
        return [job for job in self._jobs if job.until_monotonic >= now]
