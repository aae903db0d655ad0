from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.api.history.columns import Columns


def test_values_come_back_in_their_steps() -> None:
    columns = Columns(10, 12)
    for time, value in ((100.0, 1.0), (112.0, 3.0), (140.0, 7.0)):
        columns.add(time, {"a": value})
    columns.add(140.0, {"b": 5.0})
    assert columns.steps(100.0, 20.0, 3) == {"a": [2.0, None, 7.0], "b": [None, None, 5.0]}
    assert columns.mean(100.0, 150.0) == {"a": pytest.approx(11 / 3), "b": 5.0}


def test_nothing_is_known_of_nothing() -> None:
    assert Columns(10, 3).steps(0.0, 10.0, 2) == {}


def test_what_comes_late_is_taken_and_what_comes_too_late_is_lost() -> None:
    columns = Columns(10, 3)
    columns.add(100.0, {"a": 1.0})
    columns.add(90.0, {"a": 2.0})
    columns.add(70.0, {"a": 3.0})
    assert columns.steps(70.0, 10.0, 4)["a"] == [None, None, 2.0, 1.0]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9)), max_size=40), st.integers(1, 8))
def test_the_ring_is_as_a_dictionary_that_forgets(parts: list[tuple[int, int]], count: int) -> None:
    columns, known, time = Columns(10, count), dict[int, float](), 0
    for pause, value in parts:
        time += pause
        columns.add(time, {"a": float(value)})
        known[time // 10] = float(value)
    newest = time // 10
    expected = [known.get(n) if n > newest - count else None for n in range(newest + 2)]
    told = columns.steps(0.0, 10.0, newest + 2)
    if parts and any(one is not None for one in expected):
        assert told["a"] == expected
