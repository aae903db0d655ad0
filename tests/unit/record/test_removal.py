from __future__ import annotations

from pathlib import Path

import pytest

from picket.domain.errors import NotFound
from picket.record.removal import lately_idle, remove_empty_folders, remove_file, tidy_day

NOON = 1_705_320_000.0  # 2024-01-15 12:00:00 UTC
DAY_S = 86_400.0
NAME = "2024-01-12/12/front/00.00.mp4"


def write(root: Path, name: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"footage")
    return path


def test_a_file_is_deleted_and_its_size_told(tmp_path: Path) -> None:
    path = write(tmp_path, NAME)
    assert remove_file(tmp_path, NAME) == 7
    assert not path.exists()
    assert remove_file(tmp_path, NAME) == 0


def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    precious = write(tmp_path, "precious.mp4")
    inside = tmp_path / "recordings"
    inside.mkdir()
    with pytest.raises(NotFound):
        remove_file(inside, "../precious.mp4")
    assert precious.exists()


def test_a_folder_in_place_of_a_file_stays(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        remove_file(tmp_path, NAME)


def test_folders_go_from_the_inside_out_as_far_as_they_are_empty(tmp_path: Path) -> None:
    write(tmp_path, "2024-01-12/12/back/00.00.mp4")
    write(tmp_path, NAME).unlink()
    remove_empty_folders(tmp_path, NAME, NOON - 3 * DAY_S, NOON)
    assert not (tmp_path / "2024-01-12/12/front").exists()
    assert (tmp_path / "2024-01-12/12/back").exists()
    (tmp_path / "2024-01-12/12/back/00.00.mp4").unlink()
    remove_empty_folders(tmp_path, "2024-01-12/12/back/00.00.mp4", NOON - 3 * DAY_S, NOON)
    assert list(tmp_path.iterdir()) == []


def test_folders_that_a_recorder_may_still_use_are_left(tmp_path: Path) -> None:
    write(tmp_path, NAME).unlink()
    remove_empty_folders(tmp_path, NAME, NOON - DAY_S, NOON)
    assert (tmp_path / "2024-01-12/12/front").exists()


def test_tidying_removes_what_is_empty_and_nothing_else(tmp_path: Path) -> None:
    kept = write(tmp_path, "2024-01-12/13/front/00.00.mp4")
    write(tmp_path, NAME).unlink()
    (tmp_path / "2024-01-13/12/front").mkdir(parents=True)
    (tmp_path / "2024-01-14/12/front").mkdir(parents=True)
    days = lately_idle(NOON)
    assert days[0] == "2024-01-13"
    for day in days:
        tidy_day(tmp_path, day)
    assert kept.exists()
    assert not (tmp_path / "2024-01-12/12").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2024-01-12", "2024-01-14"]
