"""Keeps one camera input connected and hands its packets to those who want them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from picket.capture.backoff import retry_delay_s
from picket.capture.clock import STEP_S, Hold, hold_at
from picket.capture.queue import Item, StreamOver
from picket.capture.source import Clock, Source, SourceSpec
from picket.domain.errors import ClockJumped, PicketError, StreamStalled
from picket.domain.segment import GapReason
from picket.domain.status import CameraState
from picket.domain.stream import MediaKind, Packet

logger = logging.getLogger(__name__)

HEALTHY_AFTER_S = 10.0  # a connection that lived so long resets the back-off
PAUSE_S = 0.25
"""So long a camera may not be read when nobody needs its packets at once. Python is ten times as
fast for packets that are handled in a row as for one now and then, which finds the processor's
caches taken by others. A second of 4K would not fit into the socket."""
FRESH_S = 0.1
"""Behind a packet of this age few others can have arrived yet."""


class PacketSink(Protocol):
    """One who wants the packets of an input."""

    @property
    def linger_s(self) -> float:
        """So long may packets wait on their way to him; 0.0 when he needs each at once."""

    def put(self, item: Item) -> None:
        """Take what was read; returns at once."""


@dataclass(frozen=True, slots=True)
class ReaderTools:
    """What the outside world gives: clocks and chance."""

    wall: Clock
    monotonic: Clock
    draw: Callable[[], float]  # random numbers in 0..1
    session_id: Callable[[], str]
    recorded_until: Callable[[], float] = lambda: 0.0  # Unix seconds, asked once at the start


@dataclass(slots=True)
class ReaderStatus:
    """What the reader is doing; written by its thread alone."""

    state: CameraState = CameraState.CONNECTING
    since: float = 0.0  # Unix seconds
    detail: str = ""
    reconnects: Mapping[GapReason, int] = field(default_factory=dict)  # a new one each time
    child_pid: int = 0
    last_packet_monotonic: float = 0.0
    failures: int = field(default=0, repr=False)


@dataclass(frozen=True, slots=True)
class _Floor:
    """Where the newest packet ended, and when it arrived."""

    time: float  # Unix seconds
    monotonic: float

    def at(self, monotonic: float) -> float:
        """Where time would be by now, had it gone on."""
        return self.time + monotonic - self.monotonic

    def raised(self, packet: Packet) -> _Floor:
        """The floor behind a packet."""
        end_time = packet.wall_time + packet.duration_s
        return _Floor(end_time, packet.arrival_monotonic) if end_time > self.time else self


class InputReader:
    """The body of one reader thread; packets fan out to everyone who wants them."""

    def __init__(
        self,
        name: str,
        spec: SourceSpec,
        sinks: Sequence[PacketSink],
        tools: ReaderTools,
        mask: Callable[[str], str],
    ) -> None:
        self.status = ReaderStatus()
        self._name = name
        self._spec = spec
        self._sinks = sinks
        self._tools = tools
        self._mask = mask
        self._source: Source | None = None
        self._floor = _Floor(0.0, 0.0)

    def run(self, stop: threading.Event) -> None:
        """Read until asked to stop; every failure is waited out and tried again."""
        self._enter(CameraState.CONNECTING)
        self._floor = _Floor(self._tools.recorded_until(), self._tools.monotonic())
        while not stop.is_set():
            started = self._tools.monotonic()
            try:
                self._read_session(stop)
            except (PicketError, OSError) as error:
                if self._tools.monotonic() - started > HEALTHY_AFTER_S:
                    self.status.failures = 0
                self._note_failure(error)
            if not stop.is_set():
                stop.wait(retry_delay_s(max(self.status.failures, 1), self._tools.draw()))

    def kill_if_stalled(self) -> None:
        """End the ffmpeg child of a silent camera: a pipe knows no time-out of its own."""
        source = self._source
        silent_s = self._tools.monotonic() - self.status.last_packet_monotonic
        if source and source.child_pid and silent_s > self._spec.read_timeout_s:
            source.kill_child()

    def _read_session(self, stop: threading.Event) -> None:
        self.status.last_packet_monotonic = self._tools.monotonic()
        wall, monotonic, hold = self._tools.wall, self._tools.monotonic, self._hold()

        def now() -> float:
            return hold.time(wall(), monotonic())

        source = Source(self._spec, self._tools.session_id(), now, monotonic)
        self._source = source
        self.status.child_pid = source.child_pid
        try:
            self._fan_out(source.info)
            for packet in source.packets(stop.wait):
                if self.status.state is not CameraState.ONLINE:
                    self._enter(CameraState.ONLINE)
                self.status.last_packet_monotonic = packet.arrival_monotonic
                self._floor = self._floor.raised(packet)
                self._fan_out(packet)
                if self._may_pause(packet, now()):
                    stop.wait(PAUSE_S)
                if stop.is_set():
                    return
        finally:
            self._source = None
            self.status.child_pid = 0
            source.close()

    def _may_pause(self, packet: Packet, now: float) -> bool:
        """Whether nobody needs more at once, and hardly anything waits to be read.

        Args:
            packet: the last that was read.
            now: Unix seconds, by the clock that packets are stamped with.
        """
        # Sound may be stamped ahead of its time: every packet of it would seem to be the newest.
        is_newest = packet.kind is MediaKind.VIDEO and now - packet.wall_time < FRESH_S
        return is_newest and self._spec.is_buffered and all(s.linger_s for s in self._sinks)

    def _hold(self) -> Hold:
        now, wall = self._tools.monotonic(), self._tools.wall()
        floor_time = self._floor.at(now)
        hold, behind_s = hold_at(floor_time, wall, now), floor_time - wall
        if hold.ahead_s > STEP_S:
            logger.warning(
                "camera %s: the clock of this machine is %.0f s behind what is recorded:"
                " recordings go on from there and near it slowly",
                self._name,
                hold.ahead_s,
            )
        elif behind_s > STEP_S:
            self._floor = _Floor(wall, now)  # what comes now is not to lie over itself
            logger.warning(
                "camera %s: the clock of this machine is %.1f h behind what is recorded and is"
                " believed: what was recorded under later times is kept and stays where it is",
                self._name,
                behind_s / 3600,
            )
        return hold

    def _fan_out(self, item: Item) -> None:
        for sink in self._sinks:
            sink.put(item)

    def _note_failure(self, error: Exception) -> None:
        self.status.failures += 1
        reason, before = _reason(error), self.status.reconnects
        self.status.reconnects = {**before, reason: before.get(reason, 0) + 1}
        detail = self._mask(str(error))
        if self.status.state is not CameraState.OFFLINE or self.status.detail != detail:
            logger.warning("camera %s: %s; trying again", self._name, detail)
        self._fan_out(StreamOver(reason, detail))
        self._enter(CameraState.OFFLINE, detail)

    def _enter(self, state: CameraState, detail: str = "") -> None:
        if state is CameraState.ONLINE:
            logger.info("camera %s: online", self._name)
        if state is not self.status.state or not self.status.since:
            self.status.since = self._tools.wall()
        self.status.state = state
        self.status.detail = detail


def _reason(error: Exception) -> GapReason:
    if isinstance(error, StreamStalled):
        return GapReason.STALLED
    if isinstance(error, ClockJumped):
        return GapReason.CLOCK
    return GapReason.CAMERA_OFFLINE
