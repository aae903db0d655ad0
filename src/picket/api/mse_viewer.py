"""One who watches a camera's own packets, and what he is sent."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from picket.api.answers import to_json
from picket.media.init_segment import InitSegment
from picket.record.live_fragments import LiveFragment

LATE_S = 2.0
"""Who is further behind goes on at the next keyframe."""
MOST_BYTES = 24 << 20
"""What waits for one viewer at most; more than the largest group of pictures that is held."""
CLOCK_S = 0.02
"""The viewer is told when his idea of when a picture was taken is wrong by more."""


@dataclass(frozen=True, slots=True)
class Offline:
    """Nothing comes."""

    reason: str
    since: float  # Unix seconds


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What is not sent yet."""

    what: LiveFragment | Offline
    monotonic: float  # seconds; when it came

    @property
    def size(self) -> int:
        return len(self.what.data) if isinstance(self.what, LiveFragment) else 0


class MseViewer:
    """Begins at a keyframe, also after he was too slow and lost what lay between."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._lock = threading.Lock()
        self._waiting: deque[_Waiting] = deque()
        self._bytes = 0
        self._awaits_keyframe = True
        self._init: InitSegment | None = None  # what he was sent last
        self._zero_time = 0.0  # as he was told last, see LiveFragment

    def offer(self, fragment: LiveFragment, now: float) -> None:
        """Put a fragment behind what waits, or lose it; never waits."""
        with self._lock:
            if fragment.is_keyframe:
                self._awaits_keyframe = False
                if self._waiting and now - self._waiting[0].monotonic > LATE_S:
                    self._clear()
            if self._bytes + len(fragment.data) > MOST_BYTES:
                self._clear()
                self._awaits_keyframe = True
            if self._awaits_keyframe:
                return
            self._append(_Waiting(fragment, now))
        self._wake()

    def tell(self, offline: Offline) -> None:
        """Say that nothing comes; what waits is sent before."""
        with self._lock:
            self._awaits_keyframe = True
            self._append(_Waiting(offline, float("inf")))
        self._wake()

    def take(self) -> list[str | bytes]:
        """The messages that are due, and room for more."""
        with self._lock:
            waiting = tuple(one.what for one in self._waiting)
            self._clear()
        return [message for one in waiting for message in self._messages(one)]

    def _append(self, one: _Waiting) -> None:
        self._waiting.append(one)
        self._bytes += one.size

    def _clear(self) -> None:
        self._waiting.clear()
        self._bytes = 0

    def _messages(self, one: LiveFragment | Offline) -> list[str | bytes]:
        if isinstance(one, Offline):
            self._init = None
            return [to_json({"type": "offline", "reason": one.reason, "since": one.since})]
        init, clock = one.init, {"zero_time": round(one.zero_time, 3)}
        is_new, is_wrong = init is not self._init, abs(one.zero_time - self._zero_time) > CLOCK_S
        if not is_new and not is_wrong:
            return [one.data]
        self._init, self._zero_time = init, one.zero_time
        if not is_new:
            return [to_json({"type": "clock", **clock}), one.data]
        shape = {"codecs": init.codecs, "width": init.width, "height": init.height}
        return [to_json({"type": "init", **shape, **clock}), init.data, one.data]
