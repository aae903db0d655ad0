"""Packets on their way to one consumer; a slow consumer loses its own packets and nobody else's."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from picket.domain.segment import GapReason
from picket.domain.stream import MediaKind, Packet, StreamInfo


@dataclass(frozen=True, slots=True)
class StreamOver:
    """The session ended; what follows belongs to a new one."""

    reason: GapReason
    detail: str = ""


Item = StreamInfo | Packet | StreamOver


class PacketQueue:
    """Bounded by bytes. When it is full, packets are refused until a keyframe finds room again."""

    def __init__(
        self, max_bytes: int, linger_s: float = 0.0, only: MediaKind | None = None
    ) -> None:
        """Packets may wait for `linger_s` for a consumer who need not see each at once.

        A keyframe or the end of a stream still wakes him; waking a thread for each packet costs
        more processor time than the packet. With `only` other packets are passed over; sound goes
        on with any packet that finds room.
        """
        self._only = only
        self._max_bytes = max_bytes
        self._linger_s = linger_s
        self._bytes = 0
        self._items: deque[Item] = deque()
        self._changed = threading.Condition()
        self._refusing = False
        self._is_closed = False
        self.dropped = 0  # packets refused since the start

    def put(self, item: Item) -> None:
        """Append; never blocks."""
        with self._changed:
            if isinstance(item, Packet):
                if self._only not in (None, item.kind) or not self._has_room(item):
                    return
                self._bytes += len(item.data)
            self._items.append(item)
            if not self._linger_s or _is_urgent(item):
                self._changed.notify()

    def get(self, timeout_s: float) -> Item | None:
        """The oldest item, or None when none came in time or the queue is closed and empty.

        Where packets may linger, the time is at most that long.
        """
        with self._changed:
            if not self._items and not self._is_closed:
                self._changed.wait(min(timeout_s, self._linger_s or timeout_s))
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
                self.dropped += 1
                return False
            self._refusing = False
        if not fits:
            self._refusing = True
            self.dropped += 1
            self._items.append(StreamOver(GapReason.OVERLOAD, "the consumer is too slow"))
        return fits

    def _can_begin_with(self, packet: Packet) -> bool:
        is_keyframe = packet.is_keyframe and packet.kind is MediaKind.VIDEO
        return is_keyframe or self._only is MediaKind.AUDIO


def _is_urgent(item: Item) -> bool:
    return not isinstance(item, Packet) or (item.is_keyframe and item.kind is MediaKind.VIDEO)
