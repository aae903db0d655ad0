from __future__ import annotations

from picket.evaluate.scores.switches import find_switches
from picket.evaluate.scores.tracks import scenes
from tests.unit.evaluate.samples import box, boxes_truth, followed, standing, true_box

HERE = box(100)
NUMBERS = range(1, 11)
TRUTH = boxes_truth({number: [true_box(HERE)] for number in NUMBERS})


def test_a_change_of_identity_is_found_across_a_gap() -> None:
    walks = {"a": standing(HERE, 1, 4), "b": standing(box(105), 7, 10)}
    (switch,) = find_switches(scenes(NUMBERS, followed(walks, 10).tracks, TRUTH))
    assert (switch.object_id, switch.before, switch.after) == ("person 1", 3, 6)
    assert (switch.box_before, switch.box_after) == (HERE, box(105))


def test_the_better_of_two_boxes_is_the_object() -> None:
    walks = {"a": standing(HERE, 1, 10), "b": standing(box(110), 4, 8)}
    assert not list(find_switches(scenes(NUMBERS, followed(walks, 10).tracks, TRUTH)))


def test_a_box_of_another_label_is_no_identity() -> None:
    cars = followed({"a": standing(HERE, 1, 10)}, 10, "car")
    assert not list(find_switches(scenes(NUMBERS, cars.tracks, TRUTH)))
