"""Starts the processes, starts again what dies, stops everything in order."""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from types import FrameType

from picket.ipc.channel import Channel
from picket.ipc.pulse import Pulse
from picket.runtime.child import STOP_SIGNAL, Body, Tie, enter
from picket.runtime.forked import ForkedProcess
from picket.runtime.logs import LogSettings
from picket.runtime.service_manager import NO_MANAGER, ServiceManager

logger = logging.getLogger(__name__)

FIRST_DELAY_S = 1.0
LONGEST_DELAY_S = 30.0
HEALTHY_AFTER_S = 10.0
"""Who lived so long did not fail at its start, so waiting would cost footage and mend nothing."""
STOP_S = 4.5  # for all processes together
WATCH_S = 1.0  # between two looks at those that may hang


@dataclass(frozen=True, slots=True)
class Watch:
    """How long a process may be silent before it is taken for hung, and ended."""

    pulse: Pulse
    silence_s: float
    start_s: float  # until its first sign of life

    def is_hung(self, now_monotonic: float, started_monotonic: float) -> bool:
        """Whether it should have been heard of by now; times in seconds of the monotonic clock."""
        last = self.pulse.last_monotonic
        if last <= 0.0:
            return now_monotonic - started_monotonic > self.start_s
        return now_monotonic - last > self.silence_s


@dataclass(frozen=True, slots=True)
class ProcessSpec:
    """One process: its name and what it runs."""

    name: str
    body: Body
    watch: Watch | None = None  # None: only its end is noticed


def restart_delay_s(failures: int) -> float:
    """1, 2, 4 … 30 seconds; the first death of a healthy process is mended at once."""
    if failures <= 1:
        return 0.0
    return min(FIRST_DELAY_S * 2.0 ** (failures - 2), LONGEST_DELAY_S)


class StopSignal:
    """SIGTERM and SIGINT as something that `wait` can wait for."""

    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self._writer.setblocking(False)  # noqa: FBT003  # the socket module's own signature
        self.is_asked = False
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def fileno(self) -> int:
        """Readable as soon as a signal came."""
        return self._reader.fileno()

    def ask(self) -> None:
        """Stop as after a signal."""
        self.is_asked = True

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.ask()


@dataclass(slots=True)
class _Child:
    spec: ProcessSpec
    process: ForkedProcess | None = None
    started_monotonic: float = 0.0
    failures: int = 0
    due_monotonic: float = field(default=0.0)


class Supervisor:
    """All children of `main`."""

    def __init__(
        self,
        plan: Sequence[ProcessSpec],
        logs: LogSettings,
        manager: ServiceManager = NO_MANAGER,
    ) -> None:
        self._children = [_Child(spec) for spec in plan]
        self._logs = logs
        self._manager = manager

    def run(self, stop: StopSignal, orders: Channel, obey: Callable[[object], None]) -> None:
        """Keep every process alive until asked to stop; then stop them in reverse order.

        Args:
            stop: asked by a signal, or by who obeys.
            orders: where a child may send something to obey.
            obey: takes each order.
        """
        gc.collect()
        gc.freeze()  # who looks for garbage writes to each object, and would unshare all pages
        try:
            self._start_due()
            self._manager.started()
            while not stop.is_asked:
                self._start_due()
                self._manager.alive()
                self._wait(stop, orders)
                self._end_hung()
                self._note_deaths()
                while (order := orders.receive()) is not None:
                    obey(order)
        finally:
            self._stop_all()

    def adopt(self, plan: Sequence[ProcessSpec]) -> None:
        """What the same processes run when they are started the next time."""
        for child, spec in zip(self._children, plan, strict=True):
            child.spec = spec

    def _start_due(self) -> None:
        now = time.monotonic()
        for child in self._children:
            if child.process is None and child.due_monotonic <= now:
                self._start(child)

    def _start(self, child: _Child) -> None:
        spec = child.spec
        if spec.watch is not None:
            spec.watch.pulse.clear()
        pid, logs = os.getpid(), self._logs
        # A child inherits the mask: what is sent to all processes must not end it while it starts.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:
            child.process = ForkedProcess(
                lambda alive: enter(spec.name, spec.body, logs, Tie(pid, alive))
            )
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
        child.started_monotonic = time.monotonic()
        logger.debug("started %s as process %s", spec.name, child.process.pid)

    def _wait(self, stop: StopSignal, orders: Channel) -> None:
        now = time.monotonic()
        delays = [max(c.due_monotonic - now, 0.0) for c in self._children if c.process is None]
        delays += [WATCH_S for c in self._children if c.process is not None and c.spec.watch]
        delays += [self._manager.pulse_s] if self._manager.pulse_s else []
        ends = [c.process.fileno() for c in self._children if c.process is not None]
        wait([*ends, stop.fileno(), orders.fileno()], timeout=min(delays, default=None))

    def _end_hung(self) -> None:
        """What hangs in native code hears no signal but this one."""
        now = time.monotonic()
        for child in self._children:
            watch = child.spec.watch
            if child.process is None or watch is None:
                continue
            if watch.is_hung(now, child.started_monotonic):
                logger.error("process %s hangs; killed", child.spec.name)
                child.process.kill()

    def _note_deaths(self) -> None:
        for child in self._children:
            if child.process is None or not child.process.wait(0.0):
                continue
            now = time.monotonic()
            if now - child.started_monotonic > HEALTHY_AFTER_S:
                child.failures = 0
            child.failures += 1
            delay_s = restart_delay_s(child.failures)
            child.due_monotonic = now + delay_s
            logger.error(
                "process %s ended (%s); starting it again in %g s",
                child.spec.name,
                _describe(child.process.exit_code),
                delay_s,
            )
            child.process.close()
            child.process = None

    def _stop_all(self) -> None:
        deadline = time.monotonic() + STOP_S
        for child in reversed(self._children):
            if child.process is None:
                continue
            child.process.send_signal(STOP_SIGNAL)
            if not child.process.wait(max(deadline - time.monotonic(), 0.1)):
                logger.error("process %s did not stop in time; killed", child.spec.name)
                child.process.kill()


def _describe(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return f"killed by {signal.Signals(-exit_code).name}"
    return f"exit code {exit_code}"
