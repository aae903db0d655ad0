"""The first lines of every child process, and its clean end."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from picket.domain.errors import PicketError
from picket.ipc.descriptors import close_others, held_by
from picket.runtime.environment import apply_heap_settings
from picket.runtime.logs import LogSettings, configure_logging

logger = logging.getLogger(__name__)

PARENT_CHECK_S = 1.0

STOP_SIGNAL = signal.SIGUSR1
"""What asks a child to stop. Not SIGTERM: service managers and terminals send that to all processes
at once, and then the keeper would be gone before the cameras have told it how their files end."""

Body = Callable[[threading.Event], None]


@dataclass(frozen=True, slots=True)
class Tie:
    """What binds a child to its parent."""

    parent_pid: int
    alive: int | None = None  # the descriptor whose closing tells the parent that we ended


_tie: Tie | None = None  # None in `main`


def enter(name: str, body: Body, logs: LogSettings, tie: Tie) -> NoReturn:
    """Run a process's body until it is asked to stop, its parent is gone, or it fails.

    The signal is blocked in every thread and waited for here, so that no handler ever runs in the
    middle of something. SIGTERM and Ctrl-C are the parent's affair. Of the parent's open files only
    those remain that the body was given.
    """
    global _tie
    _tie = tie
    signal.set_wakeup_fd(-1)
    close_others([*held_by((body, logs)), *([] if tie.alive is None else [tie.alive])])
    apply_heap_settings(os.environ)
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
    while worker.is_alive():
        asked = signal.sigtimedwait([STOP_SIGNAL], PARENT_CHECK_S)
        if asked is not None or is_orphan():
            stop.set()
    worker.join()
    _leave(1 if failures else 0)


def is_orphan() -> bool:
    """Whether the process that started this one is gone: nobody stops the children in order now."""
    return _tie is not None and os.getppid() != _tie.parent_pid


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


def _leave(code: int) -> NoReturn:
    """End without waiting for daemon threads: libav may hold one in a read of a silent camera."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
