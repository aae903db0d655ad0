from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.evaluate.scores.detections import average_precision, score_detections
from tests.unit.evaluate.samples import box, boxes_truth, detection, frame, true_box

FAR = box(400)


def test_average_precision_by_hand() -> None:
    # Precision 1, 2/3 and 3/5 at the three hits; the fourth object is never found.
    ranked = [True, False, True, False, True]
    assert average_precision(ranked, 4) == pytest.approx((1 + 2 / 3 + 3 / 5) / 4)


def test_a_later_better_precision_holds_for_all_recalls_before() -> None:
    assert average_precision([False, True, True], 2) == pytest.approx(2 / 3)


@given(st.lists(st.booleans(), max_size=20))
def test_average_precision_lies_between_0_and_recall(ranked: list[bool]) -> None:
    value = average_precision(ranked, 20)
    assert 0 <= value <= sum(ranked) / 20
    assert value == sum(ranked) / 20 or not all(ranked)


def test_a_detection_is_right_when_it_overlaps_by_half() -> None:
    truth = boxes_truth({1: [true_box(box(100))]})
    by_half = score_detections([frame(1, [detection(box(116))])], truth)
    assert (by_half.precision, by_half.recall, by_half.ap50) == (1, 1, 1)
    by_less = score_detections([frame(1, [detection(box(118))])], truth)
    assert (by_less.precision, by_less.recall, by_less.ap50) == (0, 0, 0)


def test_a_second_detection_of_one_object_is_wrong() -> None:
    truth = boxes_truth({1: [true_box(box(100))]})
    twice = [detection(box(100), 0.9), detection(box(102), 0.8)]
    scores = score_detections([frame(1, twice)], truth)
    assert (scores.precision, scores.recall, scores.ap50) == (0.5, 1, 1)


def test_what_was_doubted_counts_for_average_precision_alone() -> None:
    truth = boxes_truth({1: [true_box(box(100)), true_box(FAR, "person 2")]})
    seen = frame(1, [detection(box(100))], [detection(FAR, 0.3)])
    scores = score_detections([seen], truth)
    assert (scores.precision, scores.recall, scores.ap50) == (1, 0.5, 1)


def test_ignored_regions_and_unknown_labels_are_not_judged() -> None:
    truth = boxes_truth({1: [true_box(FAR, is_ignored=True)]})
    seen = frame(1, [detection(FAR), detection(box(0), label="car")])
    scores = score_detections([seen], truth)
    assert (scores.precision, scores.recall, scores.ap50) == (None, None, None)


def test_the_label_must_be_right() -> None:
    both = replace(
        boxes_truth({1: [true_box(box(0), "dog 1", "dog"), true_box(FAR)]}),
        labels=frozenset({"person", "dog"}),
    )
    seen = frame(1, [detection(box(0), 0.7), detection(FAR, 0.9)])
    scores = score_detections([seen], both)
    assert (scores.precision, scores.recall) == (0.5, 0.5)
    assert scores.ap50 == 0.5  # the mean of 1 for persons and 0 for dogs


def test_scores_of_videos_add_up() -> None:
    truth = boxes_truth({1: [true_box(box(100))]})
    good = score_detections([frame(1, [detection(box(100))])], truth)
    blind = score_detections([frame(1)], truth)
    assert ((good + blind).precision, (good + blind).recall) == (1, 0.5)
