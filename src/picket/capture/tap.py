"""Holds the last group of pictures of one input, and hands packets to who watches it live."""

from __future__ import annotations

import pickle
import threading
from math import inf

from picket.capture.queue import Item, StreamOver
from picket.capture.source import Clock
from picket.domain.stream import MediaKind, Packet, StreamInfo, StreamLost
from picket.ipc.packet_ring import MOST_BYTES, PacketRing

WATCH_S = 5.0
"""Who watches says so again and again; so long after the last time nobody does."""


class LiveTap:
    """Whoever comes gets a picture at once, for what he needs is in memory.

    While nobody watches, it costs a reference to each packet since the last keyframe.
    """

    def __init__(self, ring: PacketRing, wall: Clock, monotonic: Clock) -> None:
        self._ring = ring
        self._wall = wall
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._stream: StreamInfo | None = None
        self._lost: StreamLost | None = None
        self._packets: list[Packet] = []  # from a keyframe on; empty while there is none
        self._bytes = 0
        self._watched_until: float | None = None  # monotonic; None: the ring is empty

    @property
    def linger_s(self) -> float:
        """See picket.capture.reader.PacketSink."""
        return 0.0 if self._watched_until is not None else inf

    def put(self, item: Item) -> None:
        """Take what was read; never waits for a viewer."""
        with self._lock:
            kept = self._hold(item)
            if self._watched_until is None:
                return
            if self._monotonic() < self._watched_until:
                self._ring.write(pickle.dumps(kept, protocol=5))
            else:
                self._watched_until = None
                self._ring.forget()

    def watch(self, *, is_new: bool) -> None:
        """Somebody watches; any thread may call it.

        Args: is_new: he has nothing yet and gets what is held.
        """
        with self._lock:
            is_idle = self._watched_until is None
            self._watched_until = self._monotonic() + WATCH_S
            if is_new or is_idle:
                self._replay()

    def _replay(self) -> None:
        held = (self._lost, self._stream, *self._packets)
        for item in held:
            if item is not None:
                self._ring.write(pickle.dumps(item, protocol=5))

    def _hold(self, item: Item) -> StreamInfo | StreamLost | Packet:
        if isinstance(item, Packet):
            self._hold_packet(item)
            return item
        self._packets, self._bytes = [], 0
        if isinstance(item, StreamOver):
            since = self._lost.since if self._lost else self._wall()
            self._stream, self._lost = None, StreamLost(item.detail or item.reason.value, since)
            return self._lost
        self._stream, self._lost = item, None
        return item

    def _hold_packet(self, packet: Packet) -> None:
        if packet.is_keyframe and packet.kind is MediaKind.VIDEO:
            self._packets, self._bytes = [], 0
        elif not self._packets:
            return
        self._bytes += len(packet.data)
        if self._bytes > MOST_BYTES:  # of a group without end; the next viewer waits for a new one
            self._packets, self._bytes = [], 0
        else:
            self._packets.append(packet)
