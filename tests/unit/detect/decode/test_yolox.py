"""YOLOX's raw grid."""

import numpy as np

from picket.detect.decode.yolox import count_classes, decode
from tests.unit.detect.decode.outputs import DOG, SIZE, assert_one_dog, zeros

CELLS = 40 * 32 + 20 * 16 + 10 * 8


def test_the_classes_are_what_is_left_of_the_columns() -> None:
    assert count_classes([(1, CELLS, 85)], SIZE) == 80
    assert count_classes([(1, CELLS, 25)], SIZE) == 20


def test_outputs_of_other_sizes_and_shapes_are_not_its_own() -> None:
    assert count_classes([(1, CELLS + 1, 85)], SIZE) is None
    assert count_classes([(1, 85, CELLS)], SIZE) is None
    assert count_classes([(1, CELLS, 85), (1,)], SIZE) is None


def test_an_object_at_the_middle_stride_is_found_where_it_is() -> None:
    output = zeros(1, CELLS, 85)
    # Stride 16: the centre (96, 128) is one cell right of and below the corner of cell (5, 7).
    row = 40 * 32 + 7 * 20 + 5
    output[0, row, :5] = [1.0, 1.0, np.log(64 / 16), np.log(96 / 16), 0.9]
    output[0, row, 5 + DOG] = 0.8
    output[0, row, 5 + 2] = 0.3
    assert_one_dog(decode([output], SIZE), 0.72)


def test_an_object_at_the_coarse_stride_is_found_where_it_is() -> None:
    output = zeros(1, CELLS, 85)
    row = 40 * 32 + 20 * 16 + 4 * 10 + 3
    output[0, row, :5] = [0.0, 0.0, np.log(64 / 32), np.log(96 / 32), 1.0]
    output[0, row, 5 + DOG] = 0.5
    assert_one_dog(decode([output], SIZE), 0.5)


def test_an_empty_picture_has_no_candidates() -> None:
    assert decode([zeros(1, CELLS, 85)], SIZE).scores.shape == (0,)
