"""FastestDet's planes."""

import numpy as np

from picket.detect.decode.fastestdet import count_classes, decode
from tests.unit.detect.decode.outputs import DOG, SIZE, assert_one_dog, logit, zeros


def test_the_classes_are_what_is_left_of_the_planes() -> None:
    assert count_classes([(1, 85, 16, 20)], SIZE) == 80
    assert count_classes([(1, 85, 20, 16)], SIZE) is None
    assert count_classes([(1, 5, 16, 20)], SIZE) is None


def test_an_object_is_found_where_it_is() -> None:
    output = zeros(1, 85, 16, 20)
    # The centre (96, 128) is the corner of cell (6, 8).
    output[0, :5, 8, 6] = [0.9, 0.0, 0.0, logit(64 / 320), logit(96 / 256)]
    output[0, 5 + DOG, 8, 6] = 0.5
    assert_one_dog(decode([output], SIZE), 0.45)


def test_the_offset_moves_the_centre_by_less_than_a_cell() -> None:
    output = zeros(1, 85, 16, 20)
    output[0, :5, 7, 5] = [0.9, np.arctanh(0.5), 0.0, logit(64 / 320), logit(96 / 256)]
    output[0, 5 + DOG, 7, 5] = 1.0
    (box,) = decode([output], SIZE).boxes
    assert np.isclose((box[0] + box[2]) / 2 * 320, 5.5 * 16, atol=0.01)
    assert np.isclose((box[1] + box[3]) / 2 * 256, 7 * 16, atol=0.01)
