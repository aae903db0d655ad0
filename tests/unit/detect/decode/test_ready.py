"""Rows that come ready."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.detect.decode.family import Floats
from picket.detect.decode.ready import ready_rows
from tests.unit.detect.decode.outputs import DOG, OBJECT, RELATIVE, SIZE, assert_one_dog, zeros


def rows(*values: list[float]) -> Floats:
    return np.array(values, dtype=np.float32)


@pytest.mark.parametrize(
    "row",
    [
        [*OBJECT, 0.8, DOG],
        [0, *OBJECT, DOG, 0.8],
        [0, *OBJECT, 0.8, DOG],
        [*RELATIVE, 0.8, DOG],
    ],
    ids=["six", "yolov7", "super-gradients", "shares"],
)
def test_every_order_of_columns_is_understood(row: list[float]) -> None:
    assert_one_dog(ready_rows(rows(row), SIZE), 0.8)


@given(
    st.lists(st.tuples(st.integers(0, 79), st.floats(0.25, 255 / 256, width=32)), min_size=1),
    st.sampled_from([1, -1]),
)
def test_the_score_is_told_from_the_class(found: list[tuple[int, float]], order: int) -> None:
    table = rows(*([0, *OBJECT, *pair[::order]] for pair in found))
    decoded = ready_rows(table, SIZE)
    assert decoded.classes.tolist() == [index for index, _ in found]
    assert decoded.scores.tolist() == [score for _, score in found]


@pytest.mark.parametrize("columns", [6, 7])
def test_none_is_no_error(columns: int) -> None:
    assert ready_rows(zeros(0, columns), SIZE).scores.shape == (0,)


def test_weak_and_padding_rows_are_left_out() -> None:
    padded = rows([*OBJECT, 0.8, DOG], [*OBJECT, 0.2, DOG], [-1] * 6, [0] * 6)
    assert_one_dog(ready_rows(padded, SIZE), 0.8)
