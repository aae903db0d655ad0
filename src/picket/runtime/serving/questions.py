"""Questions to another process, each waiting for its own answer."""

from __future__ import annotations

import itertools
import queue
import secrets
from collections.abc import Callable
from typing import Generic, TypeVar

from picket.ipc.channel import Channel

Answer = TypeVar("Answer")


class Questions(Generic[Answer]):
    """Any thread may ask; the thread that reads the channel delivers the answers."""

    def __init__(self) -> None:
        # An answer to an earlier life of this process may still lie in the pipe.
        self._numbers = itertools.count(secrets.randbits(32))
        self._waiting: dict[int, queue.SimpleQueue[Answer]] = {}

    def ask(
        self, channel: Channel, question: Callable[[int], object], timeout_s: float
    ) -> Answer | None:
        """Send what `question` makes of a fresh number; the answer, or None when none came."""
        number = next(self._numbers)
        answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self._waiting[number] = answers
        try:
            if not channel.send(question(number)):
                return None
            return answers.get(timeout=timeout_s)
        except queue.Empty:
            return None
        finally:
            del self._waiting[number]

    def deliver(self, number: int, answer: Answer) -> None:
        """Hand an answer to who asked; one that comes too late is dropped."""
        answers = self._waiting.get(number)
        if answers is not None:
            answers.put(answer)
