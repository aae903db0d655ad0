"""A bounded queue between threads whose sender never waits."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Any thread puts, one reader takes; who reads too slowly loses what does not fit."""

    def __init__(self, wake: Callable[[], None], room: int) -> None:
        """`wake` is called by the sender after each item, and must return at once."""
        self._wake = wake
        self._room = room
        self._items: deque[T] = deque()
        self._lock = threading.Lock()
        self._lost = 0

    @property
    def lost(self) -> int:
        """How many items did not fit so far."""
        return self._lost

    def put(self, item: T) -> bool:
        """Whether there was room for it."""
        with self._lock:
            has_room = len(self._items) < self._room
            if has_room:
                self._items.append(item)
            else:
                self._lost += 1
        self._wake()
        return has_room

    def take(self) -> list[T]:
        """Everything that came since the last time, oldest first."""
        with self._lock:
            taken = list(self._items)
            self._items.clear()
        return taken
