from __future__ import annotations

from pathlib import Path

import pytest

from picket.domain.errors import ConfigError
from picket.evaluate.truth.files import find_truth, read_truth

VIDEO = Path("clips/yard.mp4")


def write(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_text("labels: [person]\n")
    return [folder / name for name in names]


def test_a_single_file_is_about_the_only_video(tmp_path: Path) -> None:
    (other,) = write(tmp_path, "other.yml")
    assert find_truth(VIDEO, [other], is_only=True) == other
    assert find_truth(VIDEO, [other], is_only=False) is None


def test_names_decide_in_folders(tmp_path: Path) -> None:
    write(tmp_path, "gate.yml", "yard.yml", "yard.mp4")
    assert find_truth(VIDEO, [tmp_path], is_only=True) == tmp_path / "yard.yml"


def test_boxes_win_over_lists(tmp_path: Path) -> None:
    files = write(tmp_path, "yard.yml", "yard.gt.txt")
    assert find_truth(VIDEO, files, is_only=False) == tmp_path / "yard.gt.txt"


def test_what_does_not_exist_or_has_another_form_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.yml"):
        find_truth(VIDEO, [tmp_path / "nowhere.yml"], is_only=True)
    (video,) = write(tmp_path, "yard.mp4")
    with pytest.raises(ConfigError, match=r"\.txt"):
        find_truth(VIDEO, [video], is_only=False)


def test_the_ending_says_how_a_file_is_read(tmp_path: Path) -> None:
    (listed,) = write(tmp_path, "yard.yml")
    assert read_truth(listed, fps=5).boxes is None
    boxes = tmp_path / "yard.gt.txt"
    boxes.write_text("1,1,10,20,30,40,1,1,1\n")
    assert set(read_truth(boxes, fps=5).boxes or ()) == {1}


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "yard.txt"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="UTF-8"):
        read_truth(file, fps=5)
