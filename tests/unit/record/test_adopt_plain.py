from __future__ import annotations

import os
from pathlib import Path

import pytest

from picket.domain.errors import MediaError
from picket.record.adopt_plain import read_plain_name, read_plain_segment
from tests.support.index_samples import NOON
from tests.support.plain_files import make_plain

PATH = "2024-01-15/12/front/00.10.mp4"


def test_a_path_tells_camera_and_time() -> None:
    name = read_plain_name(PATH)
    assert name is not None
    assert (name.camera, name.start_time) == ("front", NOON + 10)
    assert name.id.startswith("1705320010.0-")
    assert len(name.id.partition("-")[2]) == 6
    assert read_plain_name(PATH) == name
    other = read_plain_name(PATH.replace("front", "back"))
    assert other is not None
    assert other.id != name.id


@pytest.mark.parametrize(
    "path",
    [
        "2024-01-15/12/front/door.mp4",
        "2024-99-15/12/front/00.10.mp4",
        "2024-01-15/25/front/00.10.mp4",
        "2024-01/15/12/front/00.10.mp4",
        "00.10.mp4",
        PATH + ".part",
    ],
)
def test_other_paths_tell_nothing(path: str) -> None:
    assert read_plain_name(path) is None


def test_a_file_tells_the_rest(tmp_path: Path) -> None:
    file = make_plain(tmp_path / PATH)
    name = read_plain_name(PATH)
    assert name is not None
    segment = read_plain_segment(tmp_path, PATH, name)
    assert (segment.id, segment.camera, segment.path) == (name.id, "front", PATH)
    assert (segment.start_time, segment.end_time) == (NOON + 10, NOON + 13)
    assert segment.duration_s == 3
    assert segment.size_bytes == file.stat().st_size
    assert segment.is_closed
    assert segment.motion is None  # nobody has looked: retention keeps it
    assert (segment.width, segment.height) == (192, 108)


def test_files_with_the_same_head_share_a_session(tmp_path: Path) -> None:
    sessions = []
    for second, codec in ((10, "h264"), (20, "h264"), (30, "hevc")):
        path = f"2024-01-15/12/front/00.{second}.mp4"
        make_plain(tmp_path / path, codec)
        name = read_plain_name(path)
        assert name is not None
        sessions.append(read_plain_segment(tmp_path, path, name).session)
    assert sessions[0] == sessions[1] != sessions[2]


def test_a_file_that_lacks_its_end_is_refused(tmp_path: Path) -> None:
    file = make_plain(tmp_path / PATH)
    os.truncate(file, file.stat().st_size - 100)
    name = read_plain_name(PATH)
    assert name is not None
    with pytest.raises(MediaError, match="cut short"):
        read_plain_segment(tmp_path, PATH, name)
