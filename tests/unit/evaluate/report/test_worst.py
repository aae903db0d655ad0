from __future__ import annotations

from picket.evaluate.examined import Examined
from picket.evaluate.observed import Following
from picket.evaluate.report.worst import MOST_OF_A_KIND, Case, Kind, Tone, worst_cases
from picket.evaluate.scores.video import score_video
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

HERE, FAR = box(100), box(400)
ONE = TrueObject("person 1", "person", 0, 10, 100)


def cases(following: Following, truth: Truth | None) -> tuple[Case, ...]:
    seen = observation(following)
    return worst_cases(Examined(seen, truth, score_video(seen, truth)))


def there(count: int = 50) -> Truth:
    return boxes_truth({number: [true_box(HERE)] for number in range(1, count + 1)}, [ONE])


def test_what_was_missed_is_shown_halfway_with_its_box() -> None:
    (case,) = cases(followed({}, 50), there())
    assert (case.kind, case.frame_number) == (Kind.MISSED, 26)
    assert case.text == "person 1, seen 0.0 to 10.0 s, 100 px high"
    assert [(mark.box, mark.tone) for mark in case.marks] == [(HERE, Tone.TRUE)]


def test_false_events_are_shown_the_longest_first() -> None:
    walks = {"a": standing(FAR, 1, 10), "b": standing(box(250), 1, 40)}
    shown = cases(followed(walks, 50), times_truth())
    assert [case.kind for case in shown] == [Kind.FALSE] * 2
    assert [case.marks[0].box for case in shown] == [box(250), FAR]
    assert shown[0].marks[0].tone is Tone.WRONG


def test_an_object_that_changed_its_identity_is_told_and_told_twice() -> None:
    walks = {"a": standing(HERE, 1, 25), "b": standing(HERE, 26, 50)}
    shown = cases(followed(walks, 50), there())
    assert [case.kind for case in shown] == [Kind.TWICE, Kind.TWICE, Kind.SWITCHED]
    assert "event 2 of 2" in shown[1].text
    assert shown[2].frame_number == 26
    assert [mark.text for mark in shown[2].marks] == ["before", "after"]


def test_who_waits_for_more_than_a_second_is_late() -> None:
    shown = cases(followed({"a": standing(HERE, 11, 50)}, 50), there())
    assert [(case.kind, case.frame_number) for case in shown] == [(Kind.LATE, 7)]
    assert "after 2.4 s" in shown[0].text
    assert cases(followed({"a": standing(HERE, 1, 50)}, 50), there()) == ()


def test_no_kind_fills_the_page() -> None:
    walks = {str(n): standing(box(50 * n), 1, 50) for n in range(MOST_OF_A_KIND + 3)}
    assert len(cases(followed(walks, 50), times_truth())) == MOST_OF_A_KIND


def test_of_an_unknown_video_there_is_nothing_to_show() -> None:
    assert cases(followed({"a": standing(HERE, 1, 50)}, 50), None) == ()
