from __future__ import annotations

from collections.abc import Sequence

import pytest

from picket.domain.geometry import Box
from picket.track.kalman import to_array
from picket.track.matching import (
    DOUBTFUL_REACH,
    SURE_REACH,
    Places,
    Unlike,
    generalised_iou,
    match,
)

HERE = Box(100, 100, 200, 300)
NEAR = Box(120, 100, 220, 300)
ASIDE = Box(210, 100, 310, 300)
FAR = Box(900, 900, 1000, 1100)


def places(*boxes: Box, labels: Sequence[str] = (), last: Sequence[Box] = ()) -> Places:
    return Places(to_array(boxes), to_array(last or boxes), labels or ["person"] * len(boxes))


def pairs(
    detections: Sequence[Box],
    known: Places,
    *,
    label: str = "person",
    unlike: Unlike = lambda *_: 0.0,
    reach: float = SURE_REACH,
) -> dict[int, int]:
    return match(to_array(detections), [label] * len(detections), known, unlike, reach)


def test_overlap_of_a_box_with_itself_neighbours_and_strangers() -> None:
    (values,) = generalised_iou(to_array([HERE]), to_array([HERE, Box(200, 100, 300, 300), FAR]))
    assert values[:2].tolist() == [1.0, 0.0]
    # Around both: 900 x 1000; the boxes fill 40 000 of it.
    assert values[2] == pytest.approx(-(900_000 - 40_000) / 900_000)


def test_a_box_turned_inside_out_still_has_a_place() -> None:
    (value,) = generalised_iou(to_array([HERE]), to_array([HERE])[:, [2, 1, 0, 3]])[0]
    assert -1 < value < 1


def test_the_cheapest_pair_is_matched_first() -> None:
    assert pairs([NEAR, HERE], places(HERE, NEAR)) == {0: 1, 1: 0}


def test_another_kind_or_too_far_away_is_no_match() -> None:
    assert pairs([HERE], places(HERE, labels=["cat"]), label="person") == {}
    assert pairs([FAR], places(HERE)) == {}


def test_rival_names_are_one_kind() -> None:
    assert pairs([HERE], places(HERE, labels=["car"]), label="bus") == {0: 0}


def test_a_rival_name_beside_an_object_is_another_one() -> None:
    assert pairs([ASIDE], places(HERE, labels=["car"]), label="car") == {0: 0}
    assert pairs([ASIDE], places(HERE, labels=["car"]), label="bus") == {}


def test_no_change_of_light_parts_a_box_from_its_object() -> None:
    assert pairs([HERE], places(HERE), unlike=lambda *_: 1.0) == {0: 0}


def test_what_left_may_come_back_where_it_was_seen_last() -> None:
    assert pairs([HERE], places(FAR, last=[HERE])) == {0: 0}


def test_motion_is_trusted_more_than_the_last_place() -> None:
    known = places(HERE, FAR, last=[FAR, HERE])
    assert pairs([HERE], known) == {0: 0}


def test_looks_decide_between_neighbours() -> None:
    def unlike(_: int, place: int) -> float:
        return 0.05 if place == 0 else 0.005

    assert pairs([HERE], places(HERE, NEAR)) == {0: 0}
    assert pairs([HERE], places(HERE, NEAR), unlike=unlike) == {0: 1}


def test_looks_are_compared_within_reach_only() -> None:
    asked = []

    def unlike(number: int, place: int) -> float:
        asked.append((number, place))
        return 0.0

    pairs([HERE], places(HERE, FAR), unlike=unlike)
    assert asked == [(0, 0)]


def test_a_doubtful_detection_must_lie_where_the_object_is_expected() -> None:
    assert pairs([NEAR], places(HERE), reach=DOUBTFUL_REACH) == {0: 0}
    assert pairs([ASIDE], places(HERE), reach=DOUBTFUL_REACH) == {}
    assert pairs([ASIDE], places(HERE)) == {0: 0}


def test_nothing_matches_nothing() -> None:
    assert pairs([], places(HERE)) == {}
    assert pairs([HERE], places()) == {}
