"""Packets on their way to one consumer; a slow consumer loses its own packets and nobody else's."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from picket.capture.backlog import Backlog, Skip, find_skip
from picket.domain.segment import GapReason
from picket.domain.stream import MediaKind, Packet, StreamInfo


@dataclass(frozen=True, slots=True)
class StreamOver:
    """The session ended; what follows belongs to a new one."""

    reason: GapReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Pictures were left out, because the consumer is too slow; a keyframe follows."""

    wall_times: tuple[float, ...]  # Unix seconds, of their presentation


Item = StreamInfo | Packet | StreamOver


class PacketQueue:
    """Bounded by bytes. When it is full, packets are refused until a keyframe finds room again."""

    def __init__(
        self,
        max_bytes: int,
        linger_s: float = 0.0,
        *,
        is_for_now: bool = False,
        only: MediaKind | None = None,
    ) -> None:
        """An empty queue.

        Args:
            max_bytes: of packets that wait.
            linger_s: so long may packets wait for a consumer who need not see each at once. A
                keyframe or the end of a stream still wakes him; waking a thread for each packet
                costs more processor time than the packet. The consumer may change it.
            is_for_now: what waited for long is of no use to the consumer; see `backlog`.
            only: packets of another kind are passed over; sound goes on with any that finds room.
        """
        self._only = only
        self._max_bytes = max_bytes
        self.linger_s = linger_s
        self._is_for_now = is_for_now
        self._bytes = 0
        self._items: deque[Item] = deque()
        self._changed = threading.Condition()
        self._refusing = False
        self._is_closed = False
        self._skipped_monotonic = float("-inf")
        self._skipped: list[float] = []  # wall times that the consumer was not told of
        self.dropped = 0  # packets refused or left out since the start

    def put(self, item: Item) -> None:
        """Append; never blocks."""
        with self._changed:
            if isinstance(item, Packet):
                if self._only not in (None, item.kind) or not self._has_room(item):
                    return
                self._bytes += len(item.data)
            self._items.append(item)
            self._skip()
            if not self.linger_s or _is_urgent(item):
                self._changed.notify()

    def get(self, timeout_s: float) -> Item | Skipped | None:
        """The oldest item, or None when none came in time or the queue is closed and empty.

        Where packets may linger, the time is at most that long.
        """
        with self._changed:
            if not self._items and not self._is_closed:
                self._changed.wait(min(timeout_s, self.linger_s or timeout_s))
            if self._skipped and (not self._items or isinstance(self._items[0], Packet)):
                skipped, self._skipped = tuple(self._skipped), []
                return Skipped(skipped)
            if not self._items:
                return None
            item = self._items.popleft()
            if isinstance(item, Packet):
                self._bytes -= len(item.data)
            return item

    def close(self) -> None:
        """No more will come; what is queued can still be taken."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    @property
    def is_finished(self) -> bool:
        """Closed and emptied."""
        return self._is_closed and not self._items

    @property
    def waiting(self) -> int:
        """Items queued."""
        return len(self._items)

    def _has_room(self, packet: Packet) -> bool:
        fits = self._bytes + len(packet.data) <= self._max_bytes
        if self._refusing:
            if not (fits and self._can_begin_with(packet)):
                self._leave_out(packet)
                return False
            self._refusing = False
        if not fits:
            self._refusing = True
            self._leave_out(packet)
            if self._is_for_now:
                self._carry_out(Skip(len(self._items), is_all=True))
            else:
                self._items.append(StreamOver(GapReason.OVERLOAD, "the consumer is too slow"))
        return fits

    def _can_begin_with(self, packet: Packet) -> bool:
        is_keyframe = packet.is_keyframe and packet.kind is MediaKind.VIDEO
        return is_keyframe or self._only is MediaKind.AUDIO

    def _skip(self) -> None:
        """Where only what is new counts, leave out what a slow consumer cannot see in time."""
        if not self._is_for_now:
            return
        skip = find_skip(Backlog(self._items, self._skipped_monotonic))
        if skip is not None:
            self._carry_out(skip)

    def _carry_out(self, skip: Skip) -> None:
        kept: deque[Item] = deque()
        left = skip.packets
        for item in self._items:
            if isinstance(item, Packet):
                self._skipped_monotonic = item.arrival_monotonic  # in the end the newest one's
                if left:
                    left -= 1
                    self._bytes -= len(item.data)
                    self._leave_out(item)
                    continue
            kept.append(item)
        self._items, self._refusing = kept, skip.is_all

    def _leave_out(self, packet: Packet) -> None:
        self.dropped += 1
        if self._is_for_now and packet.kind is MediaKind.VIDEO:
            self._skipped.append(packet.wall_time)


def _is_urgent(item: Item) -> bool:
    return not isinstance(item, Packet) or (item.is_keyframe and item.kind is MediaKind.VIDEO)
