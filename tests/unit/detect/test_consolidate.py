from __future__ import annotations

import pytest

from picket.detect.consolidate import consolidate, find_doubtful, is_clipped
from picket.domain.detection import Detection
from picket.domain.geometry import Box

SIZE = (1280, 720)
WIDE = Box(0, 0, 1280, 1280)


def person(box: Box, score: float = 0.8, region: Box = WIDE, label: str = "person") -> Detection:
    return Detection(label, score, box, region)


def test_of_two_that_overlap_the_better_stays() -> None:
    better, worse = person(Box(100, 100, 200, 300), 0.9), person(Box(110, 100, 210, 300), 0.8)
    assert consolidate([worse, better], *SIZE) == (better,)


def test_different_labels_do_not_disturb_each_other() -> None:
    both = (person(Box(100, 100, 200, 300)), person(Box(100, 100, 200, 300), label="dog"))
    assert consolidate(both, *SIZE) == both


def test_a_whole_object_beats_one_cut_off_by_its_region() -> None:
    cut = person(Box(100, 100, 200, 320), 0.95, region=Box(0, 0, 320, 320))
    whole = person(Box(100, 100, 200, 380), 0.7, region=Box(0, 80, 320, 400))
    assert consolidate([cut, whole], *SIZE) == (whole,)


@pytest.mark.parametrize(
    ("region", "expected"),
    [(Box(0, 0, 320, 320), False), (Box(96, 0, 416, 320), True), (Box(0, 0, 204, 204), True)],
)
def test_an_object_is_clipped_only_by_borders_inside_the_frame(
    region: Box, *, expected: bool
) -> None:
    assert is_clipped(person(Box(100, 0, 200, 100), region=region), *SIZE) is expected


def test_a_low_score_is_not_dropped_here() -> None:
    weak = person(Box(100, 100, 200, 300), 0.3)
    assert consolidate([weak], *SIZE) == (weak,)


def test_a_part_of_a_larger_box_is_the_same_object() -> None:
    torso, body = person(Box(100, 100, 200, 200), 0.95), person(Box(95, 90, 205, 500), 0.6)
    assert consolidate([torso, body], *SIZE) == (body,)


def test_something_tiny_in_front_of_a_large_box_is_another_object() -> None:
    tiny, large = person(Box(300, 300, 340, 340)), person(Box(100, 100, 600, 700))
    assert set(consolidate([tiny, large], *SIZE)) == {tiny, large}


def test_parked_cars_may_overlap_more_than_people() -> None:
    boxes = Box(100, 100, 300, 200), Box(170, 100, 370, 200)
    assert len(consolidate([person(box, label="car") for box in boxes], *SIZE)) == 2
    assert len(consolidate([person(box) for box in boxes], *SIZE)) == 1


def test_somebody_half_hidden_is_doubtful_and_not_lost() -> None:
    front, behind = person(Box(100, 100, 200, 300)), person(Box(130, 90, 210, 290), 0.6)
    assert consolidate([front, behind], 640, 360) == (front,)
    assert find_doubtful([front, behind], [front]) == (behind,)


def test_nearly_the_same_box_is_nobody_else() -> None:
    front = person(Box(100, 100, 200, 300))
    assert find_doubtful([person(Box(102, 100, 202, 300), 0.4)], [front]) == ()
    assert find_doubtful([person(Box(102, 100, 202, 300), 0.4, label="dog")], [front]) != ()


def test_of_doubtful_boxes_of_one_object_the_best_stays() -> None:
    weak, weaker = person(Box(100, 100, 200, 300), 0.4), person(Box(105, 100, 205, 300), 0.3)
    assert find_doubtful([weaker, weak], []) == (weak,)


def test_a_part_of_somebody_is_nobody_else() -> None:
    whole, head = person(Box(100, 100, 200, 300)), person(Box(120, 100, 180, 170), 0.4)
    assert find_doubtful([head], [whole]) == ()
