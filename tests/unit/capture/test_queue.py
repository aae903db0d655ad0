import threading
from queue import SimpleQueue

import pytest

from picket.capture.queue import Item, PacketQueue, Skipped, StreamOver
from picket.domain.segment import GapReason
from picket.domain.stream import MediaKind, Packet


def packet(size: int, *, key: bool = False, kind: MediaKind = MediaKind.VIDEO) -> Packet:
    return Packet(kind, b"x" * size, 0.0, 0.0, 0.04, key, 0.0, 0.0)


def drain(queue: PacketQueue) -> list[object]:
    items: list[object] = []
    while (item := queue.get(0.0)) is not None:
        items.append(item)
    return items


def test_packets_come_out_in_order() -> None:
    queue = PacketQueue(100)
    items = [packet(10, key=True), packet(20), packet(30)]
    for item in items:
        queue.put(item)
    assert drain(queue) == items


def test_a_full_queue_refuses_until_a_keyframe_finds_room_and_says_so() -> None:
    queue = PacketQueue(100)
    queue.put(packet(60, key=True))
    queue.put(packet(60))  # does not fit
    queue.put(packet(10))  # would fit, but refers to what was lost
    queue.put(packet(10, key=True, kind=MediaKind.AUDIO))  # sound heals nothing
    kept = drain(queue)
    assert kept[0] == packet(60, key=True)
    assert isinstance(kept[1], StreamOver)
    assert kept[1].reason is GapReason.OVERLOAD
    assert len(kept) == 2
    assert queue.dropped == 3
    queue.put(packet(10))
    queue.put(packet(20, key=True))
    queue.put(packet(10))
    assert drain(queue) == [packet(20, key=True), packet(10)]


def test_a_queue_for_sound_passes_over_pictures_and_goes_on_with_any_packet() -> None:
    sound = packet(60, kind=MediaKind.AUDIO)
    queue = PacketQueue(100, only=MediaKind.AUDIO)
    for one in (packet(99, key=True), sound, sound):
        queue.put(one)
    kept = drain(queue)
    assert kept[0] == sound
    assert isinstance(kept[1], StreamOver)
    assert (len(kept), queue.dropped) == (2, 1)
    queue.put(sound)
    assert drain(queue) == [sound]


def test_what_ends_a_session_is_never_refused() -> None:
    queue = PacketQueue(1)
    over = StreamOver(GapReason.STALLED)
    queue.put(over)
    assert drain(queue) == [over]


def test_a_closed_queue_is_finished_once_it_is_empty() -> None:
    queue = PacketQueue(100)
    queue.put(packet(1, key=True))
    queue.close()
    assert not queue.is_finished
    drain(queue)
    assert queue.is_finished
    assert queue.get(timeout_s=60.0) is None  # returns at once


def test_what_may_linger_is_taken_in_time_though_nobody_was_woken() -> None:
    queue, taken = PacketQueue(1000, linger_s=0.02), SimpleQueue[object]()

    def consume() -> None:
        while not queue.is_finished:
            taken.put(queue.get(timeout_s=30.0))

    consumer = threading.Thread(target=consume, daemon=True)
    consumer.start()
    queue.put(packet(10))
    while taken.get(timeout=10.0) != packet(10):
        pass
    queue.close()
    consumer.join(10)


@pytest.mark.parametrize("item", [packet(10, key=True), StreamOver(GapReason.STALLED)])
def test_a_keyframe_or_an_end_does_not_linger(item: Item) -> None:
    queue, taken = PacketQueue(1000, linger_s=60.0), SimpleQueue[object]()
    consumer = threading.Thread(target=lambda: taken.put(queue.get(60.0)), daemon=True)
    consumer.start()
    queue.put(item)
    assert taken.get(timeout=10.0) == item
    consumer.join(10)


def at(second: float, *, key: bool = False) -> Packet:
    return Packet(MediaKind.VIDEO, b"x" * 10, second, second, 0.2, key, 1e9 + second, second)


def test_a_consumer_for_now_is_told_what_was_left_out_and_goes_on_at_a_keyframe() -> None:
    queue = PacketQueue(1000, is_for_now=True)
    over = StreamOver(GapReason.STALLED)
    for item in (at(0.0, key=True), over, at(1.0), at(2.0, key=True), at(3.0)):
        queue.put(item)
    assert drain(queue) == [over, Skipped((1e9, 1e9 + 1)), at(2.0, key=True), at(3.0)]
    assert queue.dropped == 2
    queue.put(at(4.0))
    assert drain(queue) == [at(4.0)]


def test_a_consumer_of_everything_loses_nothing_by_being_late() -> None:
    queue = PacketQueue(1000)
    items = [at(float(n), key=n % 2 == 0) for n in range(20)]
    for item in items:
        queue.put(item)
    assert drain(queue) == items


def test_what_waits_for_a_consumer_who_hangs_stays_a_few_seconds_long() -> None:
    queue = PacketQueue(1 << 20, is_for_now=True)
    for n in range(500):
        queue.put(at(n / 5, key=n % 50 == 0))
        assert queue.waiting <= 50 + 2.1 * 5
    assert queue.dropped > 400


def test_without_a_keyframe_nothing_is_kept_for_a_keyframe_to_come() -> None:
    queue = PacketQueue(1 << 20, is_for_now=True)
    for n in range(1, 100):
        queue.put(at(n / 5))
        assert queue.waiting <= 22
    (skipped,) = drain(queue)
    assert isinstance(skipped, Skipped)
    assert len(skipped.wall_times) == queue.dropped == 99
    queue.put(at(20.0, key=True))
    assert drain(queue) == [at(20.0, key=True)]


def test_a_full_queue_gives_up_what_nobody_will_see_in_time() -> None:
    queue = PacketQueue(25, is_for_now=True)
    for item in (at(0.0, key=True), at(0.2), at(0.4)):
        queue.put(item)
    (skipped,) = drain(queue)
    assert isinstance(skipped, Skipped)
    assert sorted(skipped.wall_times) == [1e9, 1e9 + 0.2, 1e9 + 0.4]
    queue.put(at(0.6))
    queue.put(at(0.8, key=True))
    assert drain(queue) == [Skipped((1e9 + 0.6,)), at(0.8, key=True)]
