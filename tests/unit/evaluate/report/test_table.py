from __future__ import annotations

import json

from picket.evaluate.report.figures import FIGURES
from picket.evaluate.report.table import table, to_json
from picket.evaluate.scores.video import score_video
from picket.evaluate.truth.values import TrueObject
from tests.unit.evaluate.samples import box, followed, observation, standing, times_truth

TRUTH = times_truth(TrueObject("person 1", "person", 0, 10))
GOOD = followed({"a": standing(box(0), 1, 50)}, 50)
TORN = followed({"a": standing(box(0), 1, 25), "b": standing(box(0), 26, 50)}, 50)
SCORES = score_video(observation(GOOD, TORN), TRUTH)
COLUMN = [figure.key for figure in FIGURES].index("events_per_object") + 1


def test_the_baseline_stands_below_ours() -> None:
    head, ours, baseline = (line.split() for line in table([SCORES]).splitlines())
    assert len(head) == len(ours) == len(FIGURES) + 1
    assert (head[0], ours[0], baseline[0]) == ("video", "yard", "baseline")
    assert ours[COLUMN] == "1.00"
    assert "2.00" in baseline


def test_columns_are_aligned_to_the_right() -> None:
    head, ours, _ = table([SCORES]).splitlines()
    assert head.index("ev/obj") + len("ev/obj") == ours.index("1.00") + len("1.00")


def test_json_has_every_figure_with_its_meaning() -> None:
    read = json.loads(to_json([SCORES], "opencv-people, hog"))
    assert read["detector"] == "opencv-people, hog"
    keys = {figure.key for figure in FIGURES}
    assert set(read["meaning"]) == keys
    video = read["videos"]["yard"]
    assert set(video["ours"]) == set(video["baseline"]) == keys
    assert (video["ours"]["events_per_object"], video["baseline"]["events_per_object"]) == (1, 2)
    assert video["ours"]["idf1"] is None
    assert video["frames"] == 50
    (found,), (judged,) = video["objects"], video["events"]
    assert (found["true"]["id"], found["event_count"], found["delay_s"]) == ("person 1", 1, 0.4)
    assert (judged["event"]["id"], judged["object_id"]) == ("a", "person 1")


def test_without_a_baseline_there_is_none() -> None:
    scores = score_video(observation(GOOD), TRUTH)
    assert len(table([scores]).splitlines()) == 2
    assert json.loads(to_json([scores], "hog"))["videos"]["yard"]["baseline"] is None
