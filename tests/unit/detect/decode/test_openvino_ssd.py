"""The endings of OpenVINO's models."""

import numpy as np

from picket.detect.decode.family import UNKNOWN_CLASSES, Floats
from picket.detect.decode.openvino_ssd import count_classes, decode
from tests.unit.detect.decode.outputs import DOG, OBJECT, RELATIVE, SIZE, assert_one_dog, zeros


def one_table() -> list[Floats]:
    table = zeros(1, 1, 200, 7)
    table[0, 0, 0] = [0, DOG, 0.8, *RELATIVE]
    table[0, 0, 1, 0] = -1  # the end; what follows is left over in memory
    table[0, 0, 2] = [0, DOG, 0.9, *RELATIVE]
    return [table]


def two_tables() -> list[Floats]:
    return [
        np.array([[*OBJECT, 0.8], [*OBJECT, 0.1]], dtype=np.float32),
        np.array([DOG, DOG], dtype=np.float32),
    ]


def test_its_forms_are_told_by_their_shapes() -> None:
    assert count_classes([(1, 1, 200, 7)], SIZE) == UNKNOWN_CLASSES
    assert count_classes([(0, 5), (0,)], SIZE) == UNKNOWN_CLASSES
    assert count_classes([(100,), (100, 5)], SIZE) == UNKNOWN_CLASSES
    assert count_classes([(99,), (100, 5)], SIZE) is None
    assert count_classes([(1, 200, 7)], SIZE) is None


def test_one_table_is_read_up_to_its_end() -> None:
    assert_one_dog(decode(one_table(), SIZE), 0.8)


def test_two_tables_are_understood_in_either_order() -> None:
    assert_one_dog(decode(two_tables(), SIZE), 0.8)
    assert_one_dog(decode(two_tables()[::-1], SIZE), 0.8)


def test_nothing_found_is_no_error() -> None:
    for outputs in ([zeros(1, 1, 200, 7)], [zeros(0, 5), zeros(0)]):
        assert decode(outputs, SIZE).scores.shape == (0,)
