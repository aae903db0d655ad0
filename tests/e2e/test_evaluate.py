"""`picket evaluate` on a street with hand-made truth, from the command line to its report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from picket.cli import main
from tests.support.servers import DATA

CLIP = DATA / "videos" / "street_people_gt.mp4"
TRUTH = DATA / "videos" / "street_people_gt.gt.txt"
MODEL = DATA / "models" / "FastestDet.onnx"
COSTS = ("computed_ms_per_frame", "frames_per_s")


def run(folder: Path) -> dict[str, dict[str, float]]:
    """The figures of one run, without what differs from run to run."""
    file = folder / "figures.json"
    arguments = [str(CLIP), "--truth", str(TRUTH), "--model", str(MODEL), "--baseline"]
    assert main(["evaluate", *arguments, "--json", str(file), "--html", str(folder)]) == 0
    video = json.loads(file.read_text())["videos"][CLIP.stem]
    found = {tracker: video[tracker] for tracker in ("ours", "baseline")}
    return {
        tracker: {key: value for key, value in figures.items() if key not in COSTS}
        for tracker, figures in found.items()
    }


def test_a_street_is_scored_the_same_in_every_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = run(tmp_path)
    assert figures == run(tmp_path)
    ours = figures["ours"]
    # Wide bounds: a small model sees most of four people, in a clip of eight seconds.
    assert ours["objects"] == 4
    assert ours["missed"] <= 2
    assert ours["precision"] > 0.8
    assert 0.5 < ours["recall"] < 1
    assert 0.4 < ours["idf1"] < 1
    assert 0.3 < ours["hota"] < 1
    assert 1 <= ours["looks_per_frame"] < 10
    assert figures["baseline"]["precision"] == ours["precision"]
    said = capsys.readouterr().out.splitlines()
    assert said[1].split()[:4] == ["video", "prec", "recall", "AP50"]
    assert len(said) == 2 * 4
    page = (tmp_path / "index.html").read_text()
    assert "street_people_gt" in page
    assert "data:image/jpeg;base64," in page
