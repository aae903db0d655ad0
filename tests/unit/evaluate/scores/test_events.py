from __future__ import annotations

import pytest

from picket.domain.geometry import Box
from picket.evaluate.observed import Following
from picket.evaluate.scores.events import EventScores, score_events
from picket.evaluate.truth.values import TrueObject, Truth
from tests.unit.evaluate.samples import (
    FPS,
    box,
    boxes_truth,
    followed,
    frames,
    standing,
    times_truth,
    true_box,
)

COUNT = 50  # ten seconds
HERE, FAR = box(100), box(400)
A = TrueObject("person 1", "person", 0.0, 10.0, 100)
B = TrueObject("person 2", "person", 0.0, 10.0, 30)


def judge(following: Following, truth: Truth) -> EventScores:
    return score_events(frames(COUNT), following, truth, COUNT / FPS)


def two_people() -> Truth:
    boxes = {number: [true_box(HERE), true_box(FAR, "person 2")] for number in range(1, COUNT + 1)}
    return boxes_truth(boxes, [A, B])


def test_one_event_for_each_object_is_ideal() -> None:
    walks = {"a": standing(HERE, 1, COUNT), "b": standing(FAR, 6, COUNT)}
    scores = judge(followed(walks, COUNT), two_people())
    assert (scores.events_per_object, scores.missed, scores.false_per_hour) == (1, (), 0)
    # Events come with the third box: 0.4 s after the start, and 1.4 s for whom was seen late.
    assert [each.delay_s for each in scores.objects] == pytest.approx([0.4, 1.4])
    assert scores.median_delay_s == pytest.approx(0.9)


def test_an_object_without_an_event_is_missed_and_its_height_is_told_apart() -> None:
    scores = judge(followed({"a": standing(HERE, 1, COUNT)}, COUNT), two_people())
    assert [each.true.id for each in scores.missed] == ["person 2"]
    assert scores.missed_high == ()
    assert len(scores.high) == 1


def test_two_events_about_one_object_are_counted_for_those_found() -> None:
    walks = {"a": standing(HERE, 1, 20), "b": standing(HERE, 21, COUNT)}
    scores = judge(followed(walks, COUNT), two_people())
    assert scores.events_per_object == 2
    assert len(scores.missed) == 1


def test_who_is_seen_for_half_a_second_is_asked_of_nobody() -> None:
    short = times_truth(TrueObject("person 1", "person", 1.0, 1.5))
    nothing = judge(followed({}, COUNT), short)
    assert (nothing.objects, nothing.missed) == ((), ())
    seen = judge(followed({"a": standing(HERE, 5, 8)}, COUNT), short)
    assert seen.false_events == ()


def span(first_s: float, last_s: float) -> dict[int, Box]:
    return standing(HERE, round(first_s * FPS) + 1, round(last_s * FPS) + 1)


def test_an_event_in_an_empty_scene_is_false() -> None:
    scores = judge(followed({"a": span(1, 2)}, COUNT), times_truth())
    assert (len(scores.false_events), scores.events_per_object) == (1, None)


def test_optional_objects_excuse_events_and_are_not_missed() -> None:
    truth = times_truth(TrueObject("person 1", "person", 1.0, 9.0, is_optional=True))
    assert judge(followed({}, COUNT), truth).objects == ()
    assert judge(followed({"a": span(2, 4)}, COUNT), truth).false_events == ()


def test_videos_add_up() -> None:
    good = judge(followed({"a": span(1, 9)}, COUNT), times_truth(A))
    bad = judge(followed({"a": span(1, 9)}, COUNT), times_truth())
    both = good + bad
    assert both.false_per_hour == pytest.approx(3600 / 20)
    assert (len(both.objects), both.events_per_object) == (1, 1)
