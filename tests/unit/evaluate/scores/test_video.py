from __future__ import annotations

import pytest

from picket.evaluate.scores.video import score_video, total
from picket.evaluate.truth.values import TrueObject, Truth
from tests.unit.evaluate.samples import (
    box,
    boxes_truth,
    followed,
    observation,
    standing,
    times_truth,
    true_box,
)

HERE = box(100)
ONE = TrueObject("person 1", "person", 0, 10)
BOXES = boxes_truth({number: [true_box(HERE)] for number in range(1, 51)}, [ONE])
GOOD = followed({"a": standing(HERE, 1, 50)}, 50)
TORN = followed({"a": standing(HERE, 1, 25), "b": standing(HERE, 26, 50)}, 50)


def test_boxes_give_every_score_and_the_baseline_its_own() -> None:
    scores = score_video(observation(GOOD, TORN), BOXES)
    assert scores.detections is not None
    assert scores.ours is not None
    assert scores.ours.tracks is not None
    assert scores.baseline is not None
    assert scores.baseline.tracks is not None
    assert (scores.ours.tracks.switches, scores.baseline.tracks.switches) == (0, 1)
    assert scores.baseline.events.events_per_object == 2


def test_times_give_events_alone() -> None:
    scores = score_video(observation(GOOD), times_truth(ONE))
    assert scores.detections is None
    assert scores.ours is not None
    assert scores.ours.tracks is None
    assert scores.ours.events.events_per_object == 1


@pytest.mark.parametrize("truth", [None, Truth(frozenset())])
def test_without_truth_only_the_cost_is_known(truth: Truth | None) -> None:
    scores = score_video(observation(GOOD), truth)
    assert (scores.detections, scores.ours, scores.cost.frames) == (None, None, 50)


def test_the_total_leaves_out_what_is_not_known() -> None:
    videos = [
        score_video(observation(GOOD), BOXES),
        score_video(observation(TORN), times_truth()),
        score_video(observation(GOOD), None),
    ]
    overall = total(videos, "all")
    assert overall.cost.frames == 150
    assert overall.baseline is None
    assert overall.ours is not None
    assert overall.ours.tracks is not None
    assert overall.ours.tracks.idf1 == pytest.approx(1)
    assert overall.ours.events.false_per_hour == pytest.approx(2 * 3600 / 20)
