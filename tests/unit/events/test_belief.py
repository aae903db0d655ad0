from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.geometry import Box
from picket.events.belief import MAX_PLACES, add_place, certainty

HERE = Box(100, 100, 140, 180)
shares = st.floats(0, 1)
boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    *[st.integers(0, 300)] * 2,
    *[st.integers(1, 200)] * 2,
)


def shifted(px: int) -> Box:
    return Box(HERE.x1 + px, HERE.y1, HERE.x2 + px, HERE.y2)


@given(score=shares)
def test_at_one_place_the_score_decides(score: float) -> None:
    assert certainty(score, 1) == pytest.approx(score)


@given(score=shares, count=st.integers(1, MAX_PLACES - 1))
def test_more_places_and_better_scores_are_more_certain(score: float, count: int) -> None:
    assert score - 1e-9 <= certainty(score, count) <= certainty(score, count + 1) <= 1
    assert certainty(score / 2, count) <= certainty(score, count)


def test_what_the_default_threshold_asks_of_a_weak_detector() -> None:
    needed = {
        score: next(n for n in range(1, 20) if certainty(score, n) >= 0.7)
        for score in (0.45, 0.5, 0.6, 0.7)
    }
    assert needed == {0.45: 5, 0.5: 4, 0.6: 2, 0.7: 1}


def test_a_high_threshold_still_asks_for_high_scores() -> None:
    assert certainty(0.5, MAX_PLACES) < 0.95
    assert certainty(0.7, 4) < 0.95 < certainty(0.7, 9)


def test_a_walk_adds_places_and_trembling_does_not() -> None:
    places: tuple[Box, ...] = (HERE,)
    for px in (0, 3, -4, 15, 10):
        places = add_place(places, shifted(px))
    assert places == (HERE,)
    assert add_place(places, shifted(25)) == (HERE, shifted(25))


def test_half_of_an_object_is_at_the_place_of_the_whole() -> None:
    half = Box(100, 100, 140, 140)
    assert add_place((HERE,), half) == (HERE,)
    assert add_place((half,), HERE) == (half,)


def test_going_to_and_fro_adds_nothing_new() -> None:
    places = add_place((HERE,), shifted(50))
    assert add_place(add_place(places, HERE), shifted(50)) == places


@given(seen=st.lists(boxes, max_size=40))
def test_places_are_few_and_the_first_stays(seen: list[Box]) -> None:
    places: tuple[Box, ...] = (HERE,)
    for box in seen:
        after = add_place(places, box)
        assert after[: len(places)] == places
        places = after
    assert len(places) <= MAX_PLACES
