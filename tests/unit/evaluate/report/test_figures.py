from __future__ import annotations

from picket.evaluate.report.figures import FIGURES, SHARED_KEYS, values_of
from picket.evaluate.scores.video import VideoScores, score_video
from picket.evaluate.truth.values import TrueObject
from tests.unit.evaluate.samples import (
    box,
    boxes_truth,
    followed,
    observation,
    standing,
    true_box,
)

HERE = box(100)


def test_every_figure_has_its_own_name_and_key() -> None:
    assert len({figure.key for figure in FIGURES}) == len({f.name for f in FIGURES}) == len(FIGURES)
    assert {figure.key for figure in FIGURES} > SHARED_KEYS


def test_every_figure_is_known_of_a_video_with_boxes() -> None:
    truth = boxes_truth(
        {number: [true_box(HERE)] for number in range(1, 51)},
        [TrueObject("person 1", "person", 0, 10, 100)],
    )
    seen = observation(followed({"a": standing(HERE, 1, 50)}, 50))
    scores = score_video(seen, truth)
    values = values_of(scores, scores.ours)
    unknown = {key for key, value in values.items() if value is None}
    assert unknown == {"precision"}  # the sample has no detections, only tracks
    assert values["idf1"] == 1
    assert values["objects_high"] == 1


def test_what_is_not_known_is_a_dash() -> None:
    values = values_of(VideoScores("yard"), None)
    assert {figure.text(values[figure.key]) for figure in FIGURES} == {"-"}


def test_figures_are_rounded_as_they_are_shown() -> None:
    by_key = {figure.key: figure for figure in FIGURES}
    assert by_key["idf1"].text(0.12345) == "0.123"
    assert by_key["objects"].text(3) == "3"
