"""The history of the server: takes samples, keeps minutes over restarts, answers questions."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from picket.api.history.columns import Columns, Values
from picket.api.history.files import append_minute, read_minutes

logger = logging.getLogger(__name__)

SAMPLE_S = 10
MINUTE_S = 60
FINE_S = 3600
"""So far back every sample is known; beyond it the means of minutes."""
KEPT_S = 48 * 3600


class StatsHistory:
    """One for the server; any thread may ask."""

    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        self._folder = folder
        self._clock = clock
        self._lock = threading.Lock()
        self._samples = Columns(SAMPLE_S, FINE_S // SAMPLE_S)
        self._minutes = Columns(MINUTE_S, KEPT_S // MINUTE_S)
        self._minute: float | None = None  # begin of the one that goes on, Unix seconds
        self._is_failing = False

    def run(self, sample: Callable[[], Values], stop: threading.Event) -> None:
        """Take samples until asked to stop."""
        self.load()
        while not stop.wait(SAMPLE_S - self._clock() % SAMPLE_S):
            self.add(sample())

    def load(self) -> None:
        """Take over what was written before."""
        try:
            with self._lock:
                for minute_time, values in read_minutes(self._folder):
                    self._minutes.add(minute_time, values)
        except OSError as error:
            logger.warning("the history of statistics cannot be read: %s", error)

    def add(self, values: Values) -> None:
        """Take the sample of this moment; the first of a minute completes the one before."""
        now = self._clock()
        minute = now // MINUTE_S * MINUTE_S
        done = self._minute
        with self._lock:
            if done is not None and done < minute:
                means = self._samples.mean(done, done + MINUTE_S)
                self._minutes.add(done, means)
            self._samples.add(now, values)
        self._minute = minute
        if done is not None and done < minute:
            self._write(done, means)

    def steps(self, start: float, step_s: float, count: int) -> dict[str, list[float | None]]:
        """Means of each series; of samples where they are known and wanted, else of minutes."""
        is_recent = start >= self._clock() - FINE_S
        with self._lock:
            columns = self._samples if is_recent and step_s < MINUTE_S else self._minutes
            return columns.steps(start, step_s, count)

    def _write(self, minute_time: float, means: Values) -> None:
        try:
            append_minute(self._folder, minute_time, means)
            self._is_failing = False
        except OSError as error:
            if not self._is_failing:
                logger.warning("the history of statistics is not kept: %s", error)
            self._is_failing = True
