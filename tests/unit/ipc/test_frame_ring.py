import numpy as np
import pytest

from picket.domain.errors import FrameOverwritten
from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.overlay import FrameNotes, LastActivity
from picket.ipc.frame_ring import FrameRing
from picket.ipc.ring_size import NOTES_BYTES, SLOT_COUNT, RingSize, make_ring_block

SIZE = RingSize(64, 48)


def make_pair() -> tuple[FrameRing, FrameRing]:
    block = make_ring_block("test", SIZE)
    return FrameRing(block, SIZE), FrameRing(block, SIZE)


def look(ring: FrameRing) -> tuple[Frame, FrameNotes] | None:
    return ring.view_latest(lambda frame, notes: (frame.copy(), notes))


def write(ring: FrameRing, value: int, notes: FrameNotes | None = None) -> None:
    ring.begin(64, 48)[:] = value
    ring.publish(float(value), notes or FrameNotes(float(value)))


def test_nothing_is_read_before_the_first_frame() -> None:
    _, reader = make_pair()
    assert look(reader) is None
    assert reader.sequence == 0


def test_a_reader_sees_the_newest_frame_with_its_notes() -> None:
    writer, reader = make_pair()
    write(writer, 1)
    write(writer, 2, FrameNotes(2.0, motion=(Box(1, 2, 3, 4),)))
    latest = look(reader)
    assert latest is not None
    frame, notes = latest
    assert frame.frame_time == 2.0
    assert frame.yuv.shape == (72, 64)
    assert (frame.yuv == 2).all()
    assert notes.motion == (Box(1, 2, 3, 4),)


def test_a_frame_that_is_begun_but_not_published_stays_unseen() -> None:
    writer, reader = make_pair()
    write(writer, 1)
    writer.begin(64, 48)[:] = 9
    latest = look(reader)
    assert latest is not None
    assert (latest[0].yuv == 1).all()


def test_a_read_frame_is_a_copy_that_later_frames_do_not_change() -> None:
    writer, reader = make_pair()
    write(writer, 1)
    latest = look(reader)
    for value in range(2, 3 + SLOT_COUNT):
        write(writer, value)
    assert latest is not None
    assert (latest[0].yuv == 1).all()


def test_a_frame_whose_slot_is_being_overwritten_is_refused() -> None:
    writer, reader = make_pair()
    write(writer, 1)
    slot = 4096 + (1 % SLOT_COUNT) * SIZE.slot_bytes
    reader._memory[slot : slot + 8] = 0  # what a writer that came round does first
    with pytest.raises(FrameOverwritten):
        look(reader)


def test_what_was_made_while_the_writer_came_round_is_refused() -> None:
    writer, reader = make_pair()
    write(writer, 1)

    def dawdle(frame: Frame, _: FrameNotes) -> int:
        for value in range(2, 2 + SLOT_COUNT):
            write(writer, value)
        return int(frame.yuv[0, 0])

    with pytest.raises(FrameOverwritten):
        reader.view_latest(dawdle)


def test_a_frame_is_shown_where_it_lies() -> None:
    writer, reader = make_pair()
    write(writer, 1)
    slot = reader._planes(1, 64, 48)
    assert reader.view_latest(lambda frame, _: np.shares_memory(frame.yuv, slot))


def test_a_smaller_frame_may_follow_a_larger_one() -> None:
    writer, reader = make_pair()
    write(writer, 1)
    writer.begin(32, 16)[:] = 7
    writer.publish(2.0, FrameNotes())
    latest = look(reader)
    assert latest is not None
    assert (latest[0].width, latest[0].height) == (32, 16)


@pytest.mark.parametrize(("width", "height"), [(66, 48), (63, 48), (64, 47)])
def test_a_frame_that_does_not_fit_or_is_odd_is_refused(width: int, height: int) -> None:
    writer, _ = make_pair()
    with pytest.raises(ValueError, match=r"even sides|does not fit"):
        writer.begin(width, height)


def test_notes_too_large_for_the_slot_are_left_out() -> None:
    writer, reader = make_pair()
    boxes = tuple(Box(n, n, n + 1, n + 1) for n in range(NOTES_BYTES // 8))
    activity = LastActivity(motion_time=1.0)
    write(writer, 1, FrameNotes(1.0, motion=boxes, activity=activity))
    latest = look(reader)
    assert latest is not None
    assert latest[1] == FrameNotes(1.0, activity=activity)


def test_publishing_without_a_frame_is_a_mistake() -> None:
    writer, _ = make_pair()
    with pytest.raises(RuntimeError):
        writer.publish(1.0, FrameNotes())


def test_frames_are_numpy_views_of_shared_memory() -> None:
    block = make_ring_block("test", SIZE)
    one, other = FrameRing(block, SIZE), FrameRing(block, SIZE)
    one.begin(64, 48)[0, 0] = 42
    other_view = other._planes(1, 64, 48)
    assert isinstance(other_view, np.ndarray)
    assert other_view[0, 0] == 42


def test_a_reader_says_when_it_looked_and_the_writer_sees_it() -> None:
    size = RingSize(64, 48)
    block = make_ring_block("test-asked", size)
    writer, reader = FrameRing(block, size), FrameRing(block, size)
    assert writer.asked_monotonic == float("-inf")
    reader.ask(1234.5)
    assert writer.asked_monotonic == 1234.5
    assert writer.sequence == 0
