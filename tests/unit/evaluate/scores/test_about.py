from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from picket.domain.geometry import Box
from picket.evaluate.observed import Following
from picket.evaluate.scores.about import judge_events
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


def judge(following: Following, truth: Truth) -> dict[str, str | None]:
    """The object that each event is about, by the event's id."""
    judged = judge_events(frames(COUNT), following, truth)
    return {each.event.id: each.object_id for each in judged}


def two_people() -> Truth:
    boxes = {number: [true_box(HERE), true_box(FAR, "person 2")] for number in range(1, COUNT + 1)}
    return boxes_truth(boxes, [A, B])


def test_an_event_is_about_whom_it_lay_on_longest() -> None:
    walk = standing(HERE, 1, 20) | standing(FAR, 21, COUNT)
    assert judge(followed({"a": walk}, COUNT), two_people()) == {"a": "person 2"}


def test_an_event_that_lies_mostly_on_nothing_is_false() -> None:
    walk = standing(HERE, 1, 20) | standing(box(250), 21, COUNT)
    assert judge(followed({"a": walk}, COUNT), two_people()) == {"a": None}


def test_a_loose_box_is_still_about_its_object() -> None:
    walk = standing(box(120), 1, COUNT)  # IoU 0.43
    assert judge(followed({"a": walk}, COUNT), two_people()) == {"a": "person 1"}


def test_an_event_in_an_ignored_region_is_not_judged() -> None:
    region = {number: [true_box(FAR, is_ignored=True)] for number in range(1, COUNT + 1)}
    assert judge(followed({"a": standing(FAR, 1, COUNT)}, COUNT), boxes_truth(region)) == {}


def test_labels_of_which_nothing_is_known_are_not_judged() -> None:
    cars = followed({"a": standing(box(250), 1, COUNT)}, COUNT, "car")
    assert judge(cars, two_people()) == {}


def span(first_s: float, last_s: float) -> dict[int, Box]:
    return standing(HERE, round(first_s * FPS) + 1, round(last_s * FPS) + 1)


def test_by_times_an_event_belongs_where_it_mostly_was() -> None:
    truth = times_truth(
        TrueObject("person 1", "person", 1.0, 4.0), TrueObject("person 2", "person", 3.0, 7.0)
    )
    following = followed({"a": span(1.2, 3.8), "b": span(3.2, 6.8)}, COUNT)
    assert judge(following, truth) == {"a": "person 1", "b": "person 2"}


def test_by_times_a_free_object_goes_before_a_second_event() -> None:
    truth = times_truth(
        TrueObject("person 1.1", "person", 1.0, 7.0), TrueObject("person 1.2", "person", 1.0, 7.0)
    )
    walks = {"a": span(1.2, 6.8), "b": span(1.4, 6.0), "c": span(2.0, 5.0)}
    about = judge(followed(walks, COUNT), truth)
    assert {about["a"], about["b"]} == {"person 1.1", "person 1.2"}
    assert about["c"] in {"person 1.1", "person 1.2"}


@pytest.mark.parametrize(("last_s", "about"), [(6.0, "person 1"), (6.2, None)])
def test_by_times_more_than_half_outside_is_false(last_s: float, about: str | None) -> None:
    # Seen from 2 s on; there until 3 s, and one second is granted.
    truth = times_truth(TrueObject("person 1", "person", 1.0, 3.0))
    assert judge(followed({"a": span(2.0, last_s)}, COUNT), truth) == {"a": about}


def test_the_frame_halfway_shows_an_event() -> None:
    walk = standing(HERE, 1, 20) | standing(box(110), 21, 41)
    (judged,) = judge_events(frames(COUNT), followed({"a": walk}, COUNT), two_people())
    assert (judged.start_s, judged.end_s) == (0.0, 8.0)
    assert (judged.frame_number, judged.box) == (21, box(110))


spans = st.tuples(st.integers(1, COUNT - 5), st.integers(3, 40)).map(
    lambda pair: standing(HERE, pair[0], min(pair[0] + pair[1], COUNT))
)


@settings(deadline=None)
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
    about = judge(following, truth)
    assert set(about) == {event.id for event in following.events}
    assert set(about.values()) <= {None, *(true.id for true in truth.objects)}
