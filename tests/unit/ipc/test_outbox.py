from dataclasses import replace

from picket.domain.segment import Fragment, Segment
from picket.ipc.channel import Channel
from picket.ipc.messages import Acknowledged, EventDiscarded, Numbered, SegmentWritten
from picket.ipc.outbox import Outbox


def received(channel: Channel) -> list[Numbered]:
    messages = []
    while (message := channel.receive()) is not None:
        assert isinstance(message, Numbered)
        messages.append(message)
    return messages


def segment(key: str, size: int) -> SegmentWritten:
    return SegmentWritten(
        Segment(key, "yard", "s", f"{key}.mp4", 0.0, 1.0, size, key == "", "avc1", 640, 360, 800)
    )


def test_a_record_is_sent_at_once_and_kept_until_acknowledged(
    ends: tuple[Channel, Channel],
) -> None:
    here, there = ends
    outbox = Outbox(here, boot="a")
    outbox.put(EventDiscarded("1"))
    assert received(there) == [Numbered("a", 1, EventDiscarded("1"))]
    assert outbox.backlog == 1
    outbox.acknowledge(Acknowledged("a", 1))
    assert outbox.backlog == 0


def test_a_keeper_that_restarts_gets_everything_again_that_it_did_not_acknowledge(
    ends: tuple[Channel, Channel],
) -> None:
    here, there = ends
    outbox = Outbox(here, boot="a")
    for n in range(3):
        outbox.put(EventDiscarded(str(n)))
    outbox.acknowledge(Acknowledged("a", 1))
    received(there)
    outbox.resend()
    assert [m.number for m in received(there)] == [2, 3]


def test_an_answer_to_an_earlier_life_is_ignored(ends: tuple[Channel, Channel]) -> None:
    here, _there = ends
    outbox = Outbox(here, boot="second")
    outbox.put(EventDiscarded("1"))
    outbox.acknowledge(Acknowledged("first", 99))
    assert outbox.backlog == 1


def test_a_newer_state_of_a_segment_replaces_the_older_one(ends: tuple[Channel, Channel]) -> None:
    here, there = ends
    outbox = Outbox(here, boot="a")
    for size in (1, 2, 3):
        outbox.put(segment("x", size))
    outbox.put(segment("y", 1))
    received(there)
    outbox.resend()
    again = [m.record for m in received(there)]
    assert again == [segment("x", 3), segment("y", 1)]


def test_what_did_not_fit_is_sent_when_there_is_room_again(ends: tuple[Channel, Channel]) -> None:
    here, there = ends
    outbox = Outbox(here, boot="a")
    count = 0
    while not outbox._unsent:
        outbox.put(EventDiscarded("x" * 20_000))
        count += 1
    first = received(there)
    outbox.flush()
    rest = received(there)
    assert [m.number for m in first + rest] == list(range(1, count + 1))


def grown(key: str, fragments: int, *, is_closed: bool = False) -> SegmentWritten:
    one = segment(key, fragments)
    parts = tuple(Fragment(n, 1, n, 1, is_keyframe=n == 0) for n in range(fragments))
    return SegmentWritten(replace(one.segment, fragments=parts, is_closed=is_closed))


def test_a_segment_is_told_when_it_begins_and_ends_and_its_growth_with_what_comes_next(
    ends: tuple[Channel, Channel],
) -> None:
    here, there = ends
    outbox = Outbox(here, boot="a")

    def told() -> list[object]:
        return [message.record for message in received(there)]

    outbox.put(grown("x", 1))
    assert told() == [grown("x", 1)]
    outbox.put(grown("x", 2))
    outbox.put(grown("y", 2))
    outbox.put(grown("x", 3))
    assert told() == []
    outbox.flush()
    assert told() == [grown("y", 2), grown("x", 3)]
    outbox.put(grown("x", 4))
    outbox.put(EventDiscarded("1"))
    assert told() == [grown("x", 4), EventDiscarded("1")]
    outbox.put(grown("x", 5))
    outbox.put(grown("x", 6, is_closed=True))
    assert told() == [grown("x", 6, is_closed=True)]
