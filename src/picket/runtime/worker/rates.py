"""How often something happens."""

from __future__ import annotations

import threading
from collections import Counter, deque

from picket.domain.look import Urgency

WINDOW_S = 10.0


class RateMeter:
    """Occurrences a second over the last ten seconds, as the stats of clients expect."""

    def __init__(self, now_monotonic: float) -> None:
        self.total = 0  # since the start
        self._start = now_monotonic
        self._times: deque[float] = deque()
        self._lock = threading.Lock()

    def add(self, now_monotonic: float, count: int = 1) -> None:
        """Something happened."""
        with self._lock:
            self.total += count
            self._times.extend([now_monotonic] * count)
            self._forget(now_monotonic)

    def per_second(self, now_monotonic: float) -> float:
        """Rounded to two decimals."""
        with self._lock:
            self._forget(now_monotonic)
            span_s = min(max(now_monotonic - self._start, 1.0), WINDOW_S)
            return round(len(self._times) / span_s, 2)

    def _forget(self, now_monotonic: float) -> None:
        while self._times and self._times[0] < now_monotonic - WINDOW_S:
            self._times.popleft()


class AnalysisRates:
    """Counters of one camera's frames."""

    def __init__(self, now_monotonic: float) -> None:
        self.received = RateMeter(now_monotonic)
        self.analysed = RateMeter(now_monotonic)
        self.skipped = RateMeter(now_monotonic)
        self.regions = RateMeter(now_monotonic)
        self.shed = RateMeter(now_monotonic)
        self.made_by_urgency = Counter[Urgency]()  # looks since the start
        self.shed_by_urgency = Counter[Urgency]()
