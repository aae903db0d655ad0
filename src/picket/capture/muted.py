"""Leaves the sound out for those who are not to have it, where an input is read for its sound."""

from __future__ import annotations

from dataclasses import replace

from picket.capture.queue import Item
from picket.capture.reader import PacketSink
from picket.domain.stream import MediaKind, Packet, StreamInfo


class Muted:
    """A sink that gets pictures alone, as if there were no sound."""

    def __init__(self, sink: PacketSink) -> None:
        self._sink = sink

    @property
    def linger_s(self) -> float:
        """See picket.capture.reader.PacketSink."""
        return self._sink.linger_s

    def put(self, item: Item) -> None:
        """See picket.capture.reader.PacketSink."""
        if isinstance(item, StreamInfo):
            item = replace(item, audio=None)
        elif isinstance(item, Packet) and item.kind is MediaKind.AUDIO:
            return
        self._sink.put(item)
