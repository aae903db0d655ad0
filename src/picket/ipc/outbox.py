"""Records on their way to the keeper: kept until it says that they are committed."""

from __future__ import annotations

import threading
from collections import OrderedDict

from picket.ipc.channel import Channel
from picket.ipc.messages import Acknowledged, Numbered, Record, SegmentWritten

CAPACITY = 20_000


class Outbox:
    """The sending side; any thread may `put`.

    The keeper applies records idempotently, so sending one twice is harmless, and everything that
    it had read but not committed when it died is sent again. A newer state of the same segment
    replaces the older one.
    """

    def __init__(self, channel: Channel, boot: str) -> None:
        self._channel = channel
        self._boot = boot
        self._lock = threading.Lock()
        self._emptied = threading.Condition(self._lock)
        self._number = 0
        self._waiting: OrderedDict[int, Record] = OrderedDict()
        self._segment_numbers: dict[str, int] = {}
        self._unsent: set[int] = set()
        self.lost = 0  # records given up because the keeper was away for too long

    def put(self, record: Record) -> None:
        """Queue a record and try to send it; how far a segment has grown waits for company.

        The keeper wakes and commits once for all that grow, with the next record or `flush`.
        """
        with self._lock:
            self._number += 1
            if isinstance(record, SegmentWritten):
                self._forget(self._segment_numbers.pop(record.segment.id, 0))
                self._segment_numbers[record.segment.id] = self._number
            self._waiting[self._number] = record
            if len(self._waiting) > CAPACITY:
                self._forget(next(iter(self._waiting)))
                self.lost += 1
            self._unsent.add(self._number)
            if not _may_wait(record):
                self._send_waiting()

    def acknowledge(self, message: Acknowledged) -> None:
        """Forget what is committed; an answer to an earlier life of this process is ignored."""
        if message.boot != self._boot:
            return
        with self._lock:
            for number in [n for n in self._waiting if n <= message.number]:
                self._forget(number)
            if not self._waiting:
                self._emptied.notify_all()

    def wait_until_empty(self, timeout_s: float) -> bool:
        """Whether everything was committed in time."""
        with self._lock:
            return self._emptied.wait_for(lambda: not self._waiting, timeout_s)

    def resend(self) -> None:
        """Send everything again: the keeper restarted."""
        with self._lock:
            self._unsent = set(self._waiting)
            self._send_waiting()

    def flush(self) -> None:
        """Send what waits, or did not fit into the pipe before; once a second."""
        with self._lock:
            self._send_waiting()

    @property
    def backlog(self) -> int:
        """Records not yet acknowledged."""
        return len(self._waiting)

    def _send_waiting(self) -> None:
        for number in sorted(self._unsent):
            if not self._channel.send(Numbered(self._boot, number, self._waiting[number])):
                return
            self._unsent.discard(number)

    def _forget(self, number: int) -> None:
        record = self._waiting.pop(number, None)
        self._unsent.discard(number)
        if isinstance(record, SegmentWritten):
            self._segment_numbers.pop(record.segment.id, None)


def _may_wait(record: Record) -> bool:
    """Whether it tells of nothing but more of a segment that the index knows."""
    if not isinstance(record, SegmentWritten):
        return False
    return not record.segment.is_closed and len(record.segment.fragments) > 1
