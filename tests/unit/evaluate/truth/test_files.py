from __future__ import annotations

from pathlib import Path

import pytest

from picket.domain.errors import ConfigError
from picket.evaluate.truth.files import find_truths, read_truth

VIDEO = Path("clips/yard.mp4")


def write(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_text("labels: [person]\n")
    return [folder / name for name in names]


def test_a_single_file_is_about_a_single_video(tmp_path: Path) -> None:
    (other,) = write(tmp_path, "other.yml")
    assert find_truths([VIDEO], [other]) == (other,)


def test_a_file_that_is_about_none_of_several_videos_is_told(tmp_path: Path) -> None:
    (other,) = write(tmp_path, "other.yml")
    with pytest.raises(ConfigError, match=r"other\.yml is about no video"):
        find_truths([VIDEO, Path("gate.mp4")], [other])


def test_names_decide_in_folders(tmp_path: Path) -> None:
    write(tmp_path, "gate.yml", "yard.yml", "yard.mp4")
    found = find_truths([VIDEO, Path("street.mp4")], [tmp_path])
    assert found == (tmp_path / "yard.yml", None)


def test_boxes_win_over_lists(tmp_path: Path) -> None:
    files = write(tmp_path, "yard.yml", "yard.gt.txt")
    assert find_truths([VIDEO], files) == (tmp_path / "yard.gt.txt",)


def test_what_does_not_exist_or_has_another_form_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.yml"):
        find_truths([VIDEO], [tmp_path / "nowhere.yml"])
    (video,) = write(tmp_path, "yard.mp4")
    with pytest.raises(ConfigError, match=r"\.txt"):
        find_truths([VIDEO], [video])


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


def test_boxes_need_the_frame_rate_of_the_video(tmp_path: Path) -> None:
    (boxes,) = write(tmp_path, "yard.gt.txt")
    with pytest.raises(ConfigError, match="frame rate"):
        read_truth(boxes, fps=0.0)
