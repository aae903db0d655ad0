"""Answers that are remembered as long as nothing that they tell has changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

MAX_BYTES = 32 << 20


class StampedCache:
    """Bodies by question, each with the stamp of what it was made from; the latest used stay."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._kept: OrderedDict[Hashable, tuple[Hashable, bytes]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def find(self, question: Hashable, stamp: Hashable) -> bytes | None:
        """What was kept at this very stamp."""
        with self._lock:
            known = self._kept.get(question)
            if known is None or known[0] != stamp:
                return None
            self._kept.move_to_end(question)
            return known[1]

    def keep(self, question: Hashable, stamp: Hashable, body: bytes) -> None:
        """Remember a body; the stamp must have been read before what it is made from."""
        with self._lock:
            _, old = self._kept.pop(question, (None, b""))
            self._kept[question] = stamp, body
            self._bytes += len(body) - len(old)
            while self._bytes > self._max_bytes:
                _, (_, dropped) = self._kept.popitem(last=False)
                self._bytes -= len(dropped)

    def answer(self, question: Hashable, stamp: Hashable, make: Callable[[], bytes]) -> bytes:
        """What was kept, or what is made now and kept."""
        body = self.find(question, stamp)
        if body is None:
            body = make()
            self.keep(question, stamp, body)
        return body
