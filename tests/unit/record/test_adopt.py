import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from picket.domain.segment import Segment
from picket.record.adopt import cut_tail, is_stillborn, read_segment
from tests.support.packets import STREAM_WITH_SOUND, with_sound
from tests.support.recordings import record_packets


@pytest.fixture
def segments(tmp_path: Path) -> list[Segment]:
    return record_packets(STREAM_WITH_SOUND, with_sound(25), tmp_path).segments


def test_a_file_tells_the_row_that_was_written(tmp_path: Path, segments: list[Segment]) -> None:
    for row in segments:
        read = read_segment(tmp_path, tmp_path / row.path)
        assert read is not None
        assert read.end_time == pytest.approx(row.end_time, abs=1e-3)
        assert replace(read, end_time=row.end_time) == row


def test_a_tail_of_zeros_is_not_counted(tmp_path: Path, segments: list[Segment]) -> None:
    path = tmp_path / segments[0].path
    with path.open("ab") as file:
        file.write(bytes(100_000))
    read = read_segment(tmp_path, path)
    assert read is not None
    assert read.size_bytes == segments[0].size_bytes
    assert read.fragments == segments[0].fragments


def test_damage_inside_ends_the_reading_there(tmp_path: Path, segments: list[Segment]) -> None:
    path = tmp_path / segments[0].path
    data = bytearray(path.read_bytes())
    third = segments[0].fragments[3]
    data[third.offset + 4 : third.offset + 8] = b"junk"
    path.write_bytes(data)
    read = read_segment(tmp_path, path)
    assert read is not None
    assert read.fragments == segments[0].fragments[:3]


def test_another_programs_file_is_not_ours(tmp_path: Path, segments: list[Segment]) -> None:
    path = tmp_path / segments[0].path
    path.write_bytes(path.read_bytes().replace(b"uuid", b"free", 1))
    assert read_segment(tmp_path, path) is None
    for content in (b"", b"text", bytes(5000)):
        path.write_bytes(content)
        assert read_segment(tmp_path, path) is None


def test_a_file_that_is_gone_is_an_error(tmp_path: Path, segments: list[Segment]) -> None:
    shutil.rmtree(tmp_path / "2024-01-15")
    with pytest.raises(FileNotFoundError):
        read_segment(tmp_path, tmp_path / segments[0].path)


def test_a_torn_tail_is_cut_off_and_a_whole_file_stays(
    tmp_path: Path, segments: list[Segment]
) -> None:
    first, second = segments[:2]
    path = tmp_path / first.path
    whole = path.read_bytes()
    fragment = first.fragments[-1]
    torn = whole[fragment.offset : fragment.offset + fragment.size - 1]
    path.write_bytes(whole + torn)
    cut_tail(tmp_path, first)
    assert path.read_bytes() == whole
    other = (tmp_path / second.path).read_bytes()
    cut_tail(tmp_path, second)
    assert (tmp_path / second.path).read_bytes() == other


def test_what_lies_behind_damage_is_left_alone(tmp_path: Path, segments: list[Segment]) -> None:
    row = segments[0]
    path = tmp_path / row.path
    whole = path.read_bytes()
    early = replace(row, size_bytes=row.fragments[2].offset)
    cut_tail(tmp_path, early)
    assert path.read_bytes() == whole


@pytest.mark.parametrize("length", [0, 3, 20, 300])
def test_a_file_that_was_cut_off_in_its_first_fragment_is_stillborn(
    tmp_path: Path, segments: list[Segment], length: int
) -> None:
    path = tmp_path / "cut.mp4"
    path.write_bytes((tmp_path / segments[0].path).read_bytes()[:length])
    assert is_stillborn(path)
    path.write_bytes(bytes(length))
    assert is_stillborn(path)


def test_neither_a_strangers_file_nor_a_damaged_one_is_stillborn(
    tmp_path: Path, segments: list[Segment]
) -> None:
    path = tmp_path / "other.mp4"
    path.write_bytes(b"not a recording")
    assert not is_stillborn(path)
    data = bytearray((tmp_path / segments[0].path).read_bytes())
    data[40:80] = bytes(40)
    path.write_bytes(data)
    assert not is_stillborn(path)
