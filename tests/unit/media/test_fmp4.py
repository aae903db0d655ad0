import pytest

from picket.domain.errors import MediaError
from picket.media.boxes import box
from picket.media.fmp4 import TrackRun, build_fragment, patch_tfdt, read_fragment

VIDEO = TrackRun(1, 9000, (5, 3), (3000, 3600), (6000, -3000), (True, False))
AUDIO = TrackRun(2, 8500, (2,), (1920,))
FRAGMENT = build_fragment(7, [VIDEO, AUDIO], [[b"first", b"2nd"], [b"so"]])


def test_a_fragment_reads_back_as_it_was_written() -> None:
    table = read_fragment(FRAGMENT)
    assert table.runs == (VIDEO, AUDIO)
    assert FRAGMENT[table.body_offset :] == b"first2ndso"


def test_the_moof_alone_is_enough_to_read() -> None:
    moof_size = int.from_bytes(FRAGMENT[:4], "big")
    assert read_fragment(FRAGMENT[:moof_size]).runs == (VIDEO, AUDIO)


def test_only_decode_times_are_moved() -> None:
    moved = patch_tfdt(FRAGMENT + FRAGMENT, 1 << 40)
    assert len(moved) == 2 * len(FRAGMENT)
    for part in (moved[: len(FRAGMENT)], moved[len(FRAGMENT) :]):
        assert [run.decode_time for run in read_fragment(part).runs] == [
            9000 + (1 << 40),
            8500 + (1 << 40),
        ]
    assert patch_tfdt(bytes(moved), -(1 << 40)) == FRAGMENT + FRAGMENT


@pytest.mark.parametrize("data", [b"", b"\0\0", box(b"mdat", b"x"), FRAGMENT[:50]])
def test_bytes_that_are_no_fragment_are_an_error(data: bytes) -> None:
    with pytest.raises(MediaError):
        read_fragment(data)


def test_sizes_and_durations_add_up() -> None:
    assert (VIDEO.size, VIDEO.duration) == (8, 6600)
