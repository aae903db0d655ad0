from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from picket.capture.queue import Item, StreamOver
from picket.capture.tap import WATCH_S, LiveTap
from picket.domain.segment import GapReason
from picket.domain.stream import StreamLost
from picket.ipc.packet_ring import MOST_BYTES, PacketRing, make_packet_block
from tests.support.packets import STREAM, gop, picture


@dataclass
class Watched:
    """A tap and one who reads what it shows."""

    tap: LiveTap
    ring: PacketRing
    clock: list[float]
    position: int = field(init=False)

    def __post_init__(self) -> None:
        self.position = self.ring.position

    def put(self, *items: Item) -> None:
        for item in items:
            self.tap.put(item)

    def shown(self) -> list[object]:
        found = self.ring.read(self.position)
        assert found is not None
        records, self.position = found
        return [pickle.loads(one) for one in records]  # noqa: S301


@pytest.fixture
def watched() -> Iterator[Watched]:
    block, clock = make_packet_block("front"), [100.0]
    tap = LiveTap(PacketRing(block), lambda: 1000.0 + clock[0], lambda: clock[0])
    yield Watched(tap, PacketRing(block), clock)
    block.close()


def test_while_nobody_watches_nothing_is_shown(watched: Watched) -> None:
    watched.put(STREAM, *gop(0))
    assert watched.shown() == []


def test_who_comes_gets_the_last_group_at_once_and_then_every_packet(watched: Watched) -> None:
    watched.put(STREAM, *gop(0), *gop(10, 4))
    watched.tap.watch(is_new=True)
    assert watched.shown() == [STREAM, *gop(10, 4)]
    watched.tap.put(picture(14))
    watched.tap.watch(is_new=False)
    assert watched.shown() == [picture(14)]
    watched.tap.watch(is_new=True)
    assert watched.shown() == [STREAM, *gop(10, 5)]


def test_nobody_is_shown_anything_once_he_is_not_heard_of(watched: Watched) -> None:
    watched.tap.put(STREAM)
    watched.tap.watch(is_new=True)
    watched.clock[0] += WATCH_S
    watched.tap.put(picture(0, is_keyframe=True))
    assert watched.ring.read(watched.position) is None  # forgotten
    watched.position = watched.ring.position
    watched.tap.put(picture(1))
    assert watched.shown() == []
    watched.tap.watch(is_new=False)
    assert watched.shown() == [STREAM, picture(0, is_keyframe=True), picture(1)]


def test_a_lost_camera_is_told_with_the_instant_of_the_first_loss(watched: Watched) -> None:
    watched.tap.put(StreamOver(GapReason.CAMERA_OFFLINE, "refused"))
    watched.clock[0] += 30
    watched.tap.put(StreamOver(GapReason.STALLED))
    watched.tap.watch(is_new=True)
    assert watched.shown() == [StreamLost("stalled", 1100.0)]
    watched.tap.put(STREAM)
    watched.tap.watch(is_new=True)
    assert watched.shown() == [STREAM, STREAM]


def test_what_is_held_is_bounded(watched: Watched) -> None:
    big = replace(picture(0, is_keyframe=True), data=bytes(MOST_BYTES // 2))
    watched.put(STREAM, big, replace(picture(1), data=bytes(MOST_BYTES // 2 + 1)), picture(2))
    watched.tap.watch(is_new=True)
    assert watched.shown() == [STREAM]
    watched.tap.put(picture(3, is_keyframe=True))
    assert watched.shown() == [picture(3, is_keyframe=True)]


def test_packets_may_wait_on_their_way_while_nobody_watches(watched: Watched) -> None:
    assert watched.tap.linger_s > 0
    watched.tap.watch(is_new=True)
    assert watched.tap.linger_s == 0
    watched.clock[0] += 2 * WATCH_S
    watched.put(*gop(0))
    assert watched.tap.linger_s > 0
