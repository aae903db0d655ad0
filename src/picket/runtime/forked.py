"""A child process that begins as a copy of its parent, and shares its memory until one writes."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import wait
from typing import NoReturn

logger = logging.getLogger(__name__)

KILLED_S = 10.0  # until a killed process is gone; one that waits for a dead disk is not


class ForkedProcess:
    """A running child; the parent must have no second thread when it makes one.

    The child holds the writing end of a pipe. The kernel closes it with the process, however that
    ends, and the parent sees it at the reading end.
    """

    def __init__(self, body: Callable[[int], NoReturn]) -> None:
        """Start it: the child calls `body` with the descriptor that it holds until its end."""
        self.exit_code: int | None = None  # minus the signal that ended it
        self._ended, alive = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                body(alive)
            except Exception:  # the copy's entry: nothing may unwind into the parent's code
                logger.critical("a process cannot begin", exc_info=True)
            finally:
                os._exit(1)
        os.close(alive)

    def fileno(self) -> int:
        """Readable once it has ended."""
        return self._ended

    def wait(self, timeout_s: float) -> bool:
        """Whether it has ended, waiting for that so long."""
        if self.exit_code is None and wait([self._ended], timeout_s):
            _, status = os.waitpid(self.pid, 0)
            self.exit_code = os.waitstatus_to_exitcode(status)
        return self.exit_code is not None

    def send_signal(self, number: signal.Signals) -> None:
        """Unless it was seen to end."""
        if self.exit_code is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it, and wait until it is gone."""
        self.send_signal(signal.SIGKILL)
        self.wait(timeout_s=KILLED_S)

    def close(self) -> None:
        """Nobody asks for it any more; it has ended."""
        os.close(self._ended)
