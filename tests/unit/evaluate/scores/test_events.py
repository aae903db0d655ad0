from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_an_event_is_about_whom_it_lay_on_longest() -> None:
    walk = standing(HERE, 1, 20) | standing(FAR, 21, COUNT)
    scores = judge(followed({"a": walk}, COUNT), two_people())
    assert {each.true.id: each.event_count for each in scores.objects} == {
        "person 1": 0,
        "person 2": 1,
    }


def test_an_event_that_lies_mostly_on_nothing_is_false() -> None:
    walk = standing(HERE, 1, 20) | standing(box(250), 21, COUNT)
    scores = judge(followed({"a": walk}, COUNT), two_people())
    assert [each.event.id for each in scores.false_events] == ["a"]
    assert scores.false_per_hour == pytest.approx(3600 / 10)


def test_an_event_in_an_ignored_region_is_not_judged() -> None:
    region = {number: [true_box(FAR, is_ignored=True)] for number in range(1, COUNT + 1)}
    scores = judge(followed({"a": standing(FAR, 1, COUNT)}, COUNT), boxes_truth(region))
    assert scores.judged == ()


def test_labels_of_which_nothing_is_known_are_not_judged() -> None:
    cars = followed({"a": standing(box(250), 1, COUNT)}, COUNT, "car")
    assert judge(cars, two_people()).judged == ()


def test_who_is_seen_for_half_a_second_is_asked_of_nobody() -> None:
    short = times_truth(TrueObject("person 1", "person", 1.0, 1.5))
    nothing = judge(followed({}, COUNT), short)
    assert (nothing.objects, nothing.missed) == ((), ())
    seen = judge(followed({"a": standing(HERE, 5, 8)}, COUNT), short)
    assert seen.false_events == ()


def span(first_s: float, last_s: float) -> dict[int, Box]:
    return standing(HERE, round(first_s * FPS) + 1, round(last_s * FPS) + 1)


def test_by_times_an_event_belongs_where_it_mostly_was() -> None:
    truth = times_truth(
        TrueObject("person 1", "person", 1.0, 4.0), TrueObject("person 2", "person", 3.0, 7.0)
    )
    scores = judge(followed({"a": span(1.2, 3.8), "b": span(3.2, 6.8)}, COUNT), truth)
    assert {each.event.id: each.object_id for each in scores.judged} == {
        "a": "person 1",
        "b": "person 2",
    }


def test_by_times_a_free_object_goes_before_a_second_event() -> None:
    truth = times_truth(
        TrueObject("person 1.1", "person", 1.0, 7.0), TrueObject("person 1.2", "person", 1.0, 7.0)
    )
    walks = {"a": span(1.2, 6.8), "b": span(1.4, 6.0), "c": span(2.0, 5.0)}
    scores = judge(followed(walks, COUNT), truth)
    assert sorted(each.event_count for each in scores.objects) == [1, 2]
    assert scores.events_per_object == 1.5


@pytest.mark.parametrize(("last_s", "false_count"), [(6.0, 0), (6.2, 1)])
def test_by_times_more_than_half_outside_is_false(last_s: float, false_count: int) -> None:
    # Seen from 2 s on; there until 3 s, and one second is granted.
    truth = times_truth(TrueObject("person 1", "person", 1.0, 3.0))
    scores = judge(followed({"a": span(2.0, last_s)}, COUNT), truth)
    assert len(scores.false_events) == false_count


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


spans = st.tuples(st.integers(1, COUNT - 5), st.integers(3, 40)).map(
    lambda pair: standing(HERE, pair[0], min(pair[0] + pair[1], COUNT))
)


@given(
    walks=st.lists(spans, max_size=6),
    times=st.lists(st.tuples(st.floats(0, 8), st.floats(1, 9)), max_size=5),
)
def test_every_event_is_judged_once(
    walks: list[dict[int, Box]], times: list[tuple[float, float]]
) -> None:
    truth = times_truth(
        *(
            TrueObject(f"person {n}", "person", start_s, start_s + length_s)
            for n, (start_s, length_s) in enumerate(times)
        )
    )
    following = followed({str(n): walk for n, walk in enumerate(walks)}, COUNT)
    scores = judge(following, truth)
    assert sorted(each.event.id for each in scores.judged) == sorted(
        event.id for event in following.events
    )
    about = sum(each.event_count for each in scores.objects)
    assert about + len(scores.false_events) == len(following.events)
