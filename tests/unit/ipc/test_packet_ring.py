from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from picket.ipc.block import SharedBlock
from picket.ipc.packet_ring import MOST_BYTES, RING_BYTES, PacketRing, make_packet_block


@pytest.fixture
def block() -> Iterator[SharedBlock]:
    block = make_packet_block("front")
    yield block
    block.close()


def test_records_come_out_whole_and_in_order_in_another_view(block: SharedBlock) -> None:
    writer, reader = PacketRing(block), PacketRing(block)
    start = reader.position
    assert writer.write(b"one")
    assert writer.write(b"")
    found = reader.read(start)
    assert found is not None
    assert found[0] == [b"one", b""]
    writer.write(b"two")
    again = reader.read(found[1])
    assert again == ([b"two"], reader.position)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, MOST_BYTES), min_size=1, max_size=8))
def test_a_reader_who_keeps_up_loses_nothing_however_records_lie(sizes: list[int]) -> None:
    block = make_packet_block("front")
    writer, reader = PacketRing(block), PacketRing(block)
    position = reader.position
    for number, size in enumerate(sizes):
        record = bytes([number + 1]) * size
        assert writer.write(record)
        found = reader.read(position)
        assert found is not None
        assert found[0] == [record]
        position = found[1]
    block.close()


def test_a_reader_who_was_overtaken_is_told(block: SharedBlock) -> None:
    writer, reader = PacketRing(block), PacketRing(block)
    start = reader.position
    for _ in range(3):
        writer.write(bytes(MOST_BYTES))
    assert reader.read(start) is None


def test_a_record_that_could_never_be_read_is_refused(block: SharedBlock) -> None:
    writer = PacketRing(block)
    assert not writer.write(bytes(MOST_BYTES + 1))
    assert writer.position == 0


def test_what_is_forgotten_takes_no_memory_and_is_read_by_nobody(block: SharedBlock) -> None:
    writer, reader = PacketRing(block), PacketRing(block)
    start = reader.position
    writer.write(b"x" * MOST_BYTES)
    writer.forget()
    assert reader.read(start) is None
    begin = reader.position
    writer.write(b"new")
    assert reader.read(begin) == ([b"new"], reader.position)
    assert begin > RING_BYTES
