import os
from pathlib import Path

import pytest

from picket.media.codec.nal import ParameterSets
from picket.media.codec.sample_entry import h264_entry
from picket.media.fmp4 import TrackRun, read_fragment
from picket.media.init_segment import build_init
from picket.record.files import Files
from picket.record.identity import Identity
from picket.record.writer import SegmentWriter, segment_path
from tests.support.packets import H264_PPS, H264_SPS, WALL

INIT = build_init(h264_entry(ParameterSets((), (H264_SPS,), (H264_PPS,))), None)
IDENTITY = Identity(f"{WALL}-abcdef", "front", "s", WALL, INIT.codecs, INIT.width, INIT.height)
RUN = TrackRun(1, 0, (3,), (9000,))


def test_the_path_is_in_utc() -> None:
    assert segment_path("front", WALL + 61.9) == "2024-01-15/12/front/01.01.mp4"
    assert segment_path("front", WALL, copy=2) == "2024-01-15/12/front/00.00-2.mp4"


def test_fragments_lie_where_they_are_said_to(tmp_path: Path) -> None:
    writer = SegmentWriter(tmp_path, IDENTITY, INIT)
    first = writer.append([RUN], [[b"one"]])
    second = writer.append([TrackRun(1, 9000, (3,), (9000,), (), (False,))], [[b"two"]])
    writer.close()
    data = (tmp_path / writer.path).read_bytes()
    assert data.startswith(INIT.data)
    assert len(data) == writer.size_bytes == second.offset + second.size
    assert second.offset == first.offset + first.size
    assert (first.is_keyframe, second.is_keyframe) == (True, False)
    assert (second.start_ticks, second.duration_ticks) == (9000, 9000)
    for fragment, payload in ((first, b"one"), (second, b"two")):
        body = data[fragment.offset : fragment.offset + fragment.size]
        assert body[read_fragment(body).body_offset :] == payload


def test_a_second_file_of_the_same_second_has_another_name(tmp_path: Path) -> None:
    one, two = (SegmentWriter(tmp_path, IDENTITY, INIT) for _ in range(2))
    assert two.path == one.path.replace("00.00", "00.00-2")
    one.close()
    two.close()


def test_a_file_without_a_fragment_is_removed(tmp_path: Path) -> None:
    writer = SegmentWriter(tmp_path, IDENTITY, INIT)
    writer.close()
    writer.close()
    assert not (tmp_path / writer.path).exists()


def test_a_full_disk_leaves_what_was_whole(tmp_path: Path, small_disk: None) -> None:
    writer = SegmentWriter(tmp_path, IDENTITY, INIT)
    first = writer.append([RUN], [[b"one"]])
    with pytest.raises(OSError, match="File too large"):
        writer.append([TrackRun(1, 9000, (20_000,), (9000,))], [[bytes(20_000)]])
    writer.close()
    assert (tmp_path / writer.path).stat().st_size == first.offset + first.size


class NotedFiles(Files):
    """Notes what got through to the disk, and how long it was by then."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.folders: list[str] = []

    def sync(self, fd: int) -> None:
        super().sync(fd)
        self.sizes.append(os.fstat(fd).st_size)

    def sync_folder(self, path: Path) -> None:
        super().sync_folder(path)
        self.folders.append(str(path))


def test_each_fragment_is_synced_once_all_of_it_is_written(tmp_path: Path) -> None:
    noted = NotedFiles()
    writer = SegmentWriter(tmp_path, IDENTITY, INIT, noted)
    ends = []
    for number in range(3):
        fragment = writer.append([TrackRun(1, number * 9000, (3,), (9000,))], [[b"one"]])
        ends.append(fragment.offset + fragment.size)
        assert noted.sizes == ends
    writer.close()


def test_new_names_are_synced_up_to_the_first_folder_that_was_there(tmp_path: Path) -> None:
    noted = NotedFiles()
    for _ in range(2):
        writer = SegmentWriter(tmp_path, IDENTITY, INIT, noted)
        for number in range(2):
            writer.append([TrackRun(1, number * 9000, (3,), (9000,))], [[b"one"]])
        writer.close()
    day = tmp_path / "2024-01-15"
    first = [tmp_path, day, day / "12", day / "12" / "front"]
    assert noted.folders == [str(folder) for folder in (*first, first[-1])]
