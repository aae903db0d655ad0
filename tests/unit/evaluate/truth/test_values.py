from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.geometry import Box
from picket.evaluate.truth.values import TrueObject, Truth, objects_of
from tests.unit.evaluate.samples import box, boxes_truth, true_box


def test_who_is_seen_for_less_than_a_second_or_may_be_overlooked_does_not_count() -> None:
    assert TrueObject("a", "person", 0, 1.0).counts
    assert not TrueObject("a", "person", 0, 0.9).counts
    assert not TrueObject("a", "person", 0, 9, is_optional=True).counts


def test_unknown_height_excuses_nothing() -> None:
    heights = (None, 40, 39.9)
    assert [TrueObject("a", "person", 0, 9, height).is_high for height in heights] == [
        True,
        True,
        False,
    ]


def test_objects_reach_from_their_first_to_the_end_of_their_last_frame() -> None:
    boxes = {11: [true_box(box(0, height=30))], 1: [true_box(box(0, height=50))]}
    (found,) = objects_of(boxes, fps=10)
    assert (found.start_s, found.end_s, found.height_px) == (0.0, 1.1, 40)


def test_ignored_regions_are_no_objects() -> None:
    assert objects_of({1: [true_box(box(0), is_ignored=True)]}, fps=10) == ()


def test_labels_that_are_not_looked_for_are_left_out() -> None:
    objects = (TrueObject("a", "person", 0, 9), TrueObject("b", "car", 0, 9))
    truth = Truth(frozenset({"person", "car"}), objects).for_labels(["car", "dog"])
    assert truth.labels == {"car"}
    assert [each.id for each in truth.objects] == ["b"]


def test_boxes_are_scaled_and_cut_at_the_edges() -> None:
    truth = boxes_truth({1: [true_box(Box(-20, 0, 100, 50)), true_box(Box(700, 0, 720, 9))]})
    scaled = truth.scaled((640, 360), (320, 180))
    assert scaled.boxes is not None
    assert [true.box for true in scaled.boxes[1]] == [Box(0, 0, 50, 25)]


def test_times_need_no_scaling() -> None:
    truth = Truth(frozenset({"person"}))
    assert truth.scaled((640, 360), (320, 180)) == truth


@given(x=st.integers(0, 600), y=st.integers(0, 300), w=st.integers(1, 40), h=st.integers(1, 60))
def test_a_box_inside_stays_inside_at_any_size(x: int, y: int, w: int, h: int) -> None:
    truth = boxes_truth({1: [true_box(Box(x, y, x + w, y + h))]})
    scaled = truth.scaled((640, 360), (1280, 720))
    assert scaled.boxes is not None
    assert [t.box for t in scaled.boxes[1]] == [Box(2 * x, 2 * y, 2 * (x + w), 2 * (y + h))]
