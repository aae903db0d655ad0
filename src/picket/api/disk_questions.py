"""Questions to a disk that may hang: never more than one waits for it."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_S = 2.0


class DiskQuestions:
    """Any thread may ask; those who come while a disk hangs are refused, not kept."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._lock = threading.Lock()

    def ask(self, question: Callable[[], T]) -> T:
        """The answer. Raises: OSError, also when an earlier question has none yet."""
        if not self._lock.acquire(timeout=self._patience_s):
            raise OSError(errno.ETIMEDOUT, "the volume does not answer")
        try:
            return question()
        finally:
            self._lock.release()
