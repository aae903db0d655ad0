from __future__ import annotations

import json
from pathlib import Path

import pytest

from picket.domain.errors import ConfigError
from picket.evaluate.command import Outputs, evaluate
from picket.evaluate.jobs import Wish


def test_the_report_goes_to_the_terminal_a_file_and_a_folder(
    walk_clip: Path, tmp_path: Path
) -> None:
    truth = tmp_path / "walk.yml"
    truth.write_text(
        "labels: [person]\nevents: [{label: person, start_s: 3, end_s: 8, height_px: 30}]\n"
    )
    said: list[str] = []
    outputs = Outputs(tmp_path / "walk.json", tmp_path / "page" / "walk")
    wish = Wish((walk_clip,), (truth,), detector="hog", with_baseline=True)
    evaluate(wish, outputs, {}, said.append)
    assert said[0].startswith("walk: 40 frames")
    assert said[1].splitlines()[1].split()[0] == "walk"
    figures = json.loads((tmp_path / "walk.json").read_text())
    # OpenCV's people detector takes the square for nobody.
    assert figures["videos"]["walk"]["ours"]["missed"] == 1
    assert figures["videos"]["walk"]["ours"]["missed_high"] == 0
    assert figures["detector"] == "opencv-people, hog"
    assert "Missed" in (tmp_path / "page" / "walk" / "index.html").read_text()


def test_a_missing_truth_is_told_before_anything_is_analysed(
    walk_clip: Path, tmp_path: Path
) -> None:
    said: list[str] = []
    with pytest.raises(ConfigError, match=r"nowhere\.yml"):
        evaluate(Wish((walk_clip,), (tmp_path / "nowhere.yml",)), Outputs(), {}, said.append)
    assert said == []


def test_a_report_that_cannot_be_written_is_told(walk_clip: Path, tmp_path: Path) -> None:
    outputs = Outputs(json=tmp_path / "nowhere" / "walk.json")
    with pytest.raises(ConfigError, match="nowhere"):
        evaluate(Wish((walk_clip,)), outputs, {}, lambda _: None)
