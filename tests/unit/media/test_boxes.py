import pytest

from picket.domain.errors import MediaError
from picket.media.boxes import (
    box,
    box_header,
    find_box,
    find_boxes,
    full_box,
    large_box_header,
    read_box_header,
    walk,
)


def test_a_box_counts_its_own_header() -> None:
    assert box(b"free", b"ab", b"c") == b"\0\0\0\x0bfreeabc"


def test_a_full_box_begins_with_version_and_flags() -> None:
    assert full_box(b"tfdt", 1, 0x20000, b"x") == b"\0\0\0\x0dtfdt\1\2\0\0x"


def test_a_box_of_four_gibibytes_needs_a_large_header() -> None:
    with pytest.raises(ValueError, match="64-bit"):
        box_header(b"mdat", 1 << 32)
    large = large_box_header(b"mdat", 1 << 33)
    span = read_box_header(large, 0)
    assert span is not None
    assert (span.body, span.end) == (16, 1 << 33)


def test_walking_gives_every_box_in_order() -> None:
    data = box(b"free", b"1") + box(b"skip", b"22")
    assert [(b.type, data[b.body : b.end]) for b in walk(data, 0, len(data))] == [
        (b"free", b"1"),
        (b"skip", b"22"),
    ]


@pytest.mark.parametrize("damaged", [b"\0\0\0\x20free", b"\0\0\0\7free", b"\0\0", b"\0\0\0\1mdat"])
def test_a_box_that_does_not_fit_is_an_error(damaged: bytes) -> None:
    with pytest.raises(MediaError):
        list(walk(damaged, 0, len(damaged)))


def test_a_path_leads_to_the_first_box_of_its_kind() -> None:
    data = box(b"moov", box(b"trak", box(b"mdia", b"one")), box(b"trak", box(b"mdia", b"two")))
    (moov,) = walk(data, 0, len(data))
    first = find_box(data, moov, b"trak", b"mdia")
    assert data[first.body : first.end] == b"one"
    assert len(find_boxes(data, moov, b"trak")) == 2
    with pytest.raises(MediaError, match="edts"):
        find_box(data, moov, b"trak", b"edts")
