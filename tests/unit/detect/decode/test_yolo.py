"""The heads of the YOLO generations."""

import numpy as np
import pytest

from picket.detect.decode.family import UNKNOWN_CLASSES
from picket.detect.decode.yolo import count_any, count_v5, count_v8, decode
from tests.unit.detect.decode.outputs import DOG, OBJECT, SIZE, assert_one_dog, zeros

CELLS = 40 * 32 + 20 * 16 + 10 * 8
CENTER_AND_SIZE = (96, 128, 64, 96)


def test_heads_are_told_by_their_shapes() -> None:
    assert count_v5([(1, 3 * CELLS, 85)], SIZE) == 80
    assert count_v5([(1, 84, CELLS)], SIZE) is None
    assert count_v8([(1, 84, CELLS)], SIZE) == 80
    assert count_v8([(1, 3 * CELLS, 85)], SIZE) is None
    assert count_v8([(1, 300, 6)], SIZE) == UNKNOWN_CLASSES


def test_a_yolox_grid_is_none_of_them() -> None:
    assert count_any([(1, CELLS, 85)], SIZE) is None


@pytest.mark.parametrize(
    "shape", [(1, 3 * CELLS, 85), (1, 84, CELLS), (1, 300, 6), (4, 6), (0, 7), (1, 0, 6)]
)
def test_the_generic_type_takes_every_head(shape: tuple[int, ...]) -> None:
    assert count_any([shape], SIZE) is not None


def test_a_head_with_objectness_multiplies_it() -> None:
    output = zeros(1, 3 * CELLS, 85)
    output[0, 7, :5] = [*CENTER_AND_SIZE, 0.9]
    output[0, 7, 5 + DOG] = 0.5
    assert_one_dog(decode([output], SIZE), 0.45)


def test_a_head_without_objectness_has_planes() -> None:
    output = zeros(1, 84, CELLS)
    output[0, :4, 7] = CENTER_AND_SIZE
    output[0, 4 + DOG, 7] = 0.6
    assert_one_dog(decode([output], SIZE), 0.6)


def test_shares_of_the_input_are_understood_as_such() -> None:
    output = zeros(1, 84, CELLS)
    output[0, :4, 7] = np.array(CENTER_AND_SIZE) / [320, 256, 320, 256]
    output[0, 4 + DOG, 7] = 0.6
    assert_one_dog(decode([output], SIZE), 0.6)


def test_an_end_to_end_head_gives_corners() -> None:
    output = zeros(1, 300, 6)
    output[0, 0] = [*OBJECT, 0.8, DOG]
    assert_one_dog(decode([output], SIZE), 0.8)
    assert_one_dog(decode([output[0]], SIZE), 0.8)
    assert_one_dog(decode([np.array([[0, *OBJECT, DOG, 0.8]], np.float32)], SIZE), 0.8)


def test_a_head_of_one_class_is_not_taken_for_end_to_end() -> None:
    # (1, 3 * cells, 6) has the six columns too, but far more rows.
    output = zeros(1, 3 * CELLS, 6)
    output[0, 7] = [*CENTER_AND_SIZE, 0.9, 1.0]
    found = decode([output], SIZE)
    assert found.classes.tolist() == [0]
    assert np.isclose(found.scores[0], 0.9)


def test_an_empty_picture_has_no_candidates() -> None:
    for shape in ((1, 3 * CELLS, 85), (1, 84, CELLS), (1, 300, 6)):
        assert decode([zeros(*shape)], SIZE).scores.shape == (0,)
