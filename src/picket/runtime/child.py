"""The first lines of every child process, and its clean end."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable

from picket.domain.errors import PicketError
from picket.runtime.logs import LogSettings, configure_logging

logger = logging.getLogger(__name__)

PARENT_CHECK_S = 1.0

STOP_SIGNAL = signal.SIGUSR1
"""What asks a child to stop. Not SIGTERM: service managers and terminals send that to all processes
at once, and then the keeper would be gone before the cameras have told it how their files end."""

Body = Callable[[threading.Event], None]


def enter(name: str, body: Body, logs: LogSettings) -> None:
    """Run a process's body until it is asked to stop, its parent is gone, or it fails.

    The signal is blocked in every thread and waited for here, so that no handler ever runs in the
    middle of something. SIGTERM and Ctrl-C are the parent's affair.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {STOP_SIGNAL})
    for ignored in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ignored, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGINT})
    configure_logging(logs, name)
    stop = threading.Event()
    failures: list[BaseException] = []
    main_thread = threading.main_thread().ident
    worker = threading.Thread(target=_run, args=(body, stop, failures, main_thread), name="body")
    worker.start()
    parent = multiprocessing.parent_process()
    while worker.is_alive():
        asked = signal.sigtimedwait([STOP_SIGNAL], PARENT_CHECK_S)
        if asked is not None or (parent is not None and not parent.is_alive()):
            stop.set()
    worker.join()
    _leave(1 if failures else 0)


def _run(
    body: Body, stop: threading.Event, failures: list[BaseException], main_thread: int | None
) -> None:
    try:
        body(stop)
    except Exception as error:  # the process's entry: logged once, then restarted
        failures.append(error)
        is_told = isinstance(error, PicketError)  # such a message is meant for the user
        logger.critical("died: %s", error, exc_info=None if is_told else error)
    finally:
        if main_thread is not None:
            signal.pthread_kill(main_thread, STOP_SIGNAL)


def _leave(code: int) -> None:
    """End without waiting for daemon threads: libav may hold one in a read of a silent camera."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
