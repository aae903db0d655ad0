import os
from pathlib import Path

import pytest

from picket.record.latest import recorded_until
from tests.support.packets import STREAM, WALL, pictures
from tests.support.recordings import record_packets


def test_nothing_is_recorded_yet(tmp_path: Path) -> None:
    assert recorded_until(tmp_path, "front") == 0.0
    assert recorded_until(tmp_path / "missing", "front") == 0.0


def test_the_newest_file_tells(tmp_path: Path) -> None:
    record_packets(STREAM, pictures(25), tmp_path)
    assert recorded_until(tmp_path, "front") == pytest.approx(WALL + 25)
    assert recorded_until(tmp_path, "back") == 0.0


def test_a_file_that_is_not_ours_or_torn_at_its_head_is_passed_over(tmp_path: Path) -> None:
    record_packets(STREAM, pictures(5), tmp_path)
    later = tmp_path / "2024-01-15" / "13" / "front"
    later.mkdir(parents=True)
    (later / "00.00.mp4").write_bytes(b"torn")
    assert recorded_until(tmp_path, "front") == pytest.approx(WALL + 5)


def test_the_second_file_of_a_second_comes_after_the_first(tmp_path: Path) -> None:
    record_packets(STREAM, pictures(2), tmp_path)
    record_packets(STREAM, pictures(4), tmp_path)
    folder = tmp_path / "2024-01-15" / "12" / "front"
    os.link(folder / "00.00-2.mp4", folder / "00.00-10.mp4")
    assert sorted(path.name for path in folder.iterdir())[0] == "00.00-10.mp4"
    assert recorded_until(tmp_path, "front") == pytest.approx(WALL + 4)
