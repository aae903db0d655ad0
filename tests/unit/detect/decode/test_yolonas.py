"""The three forms of a YOLO-NAS export."""

import numpy as np

from picket.detect.decode.family import UNKNOWN_CLASSES, Floats
from picket.detect.decode.yolonas import count_classes, decode
from tests.unit.detect.decode.outputs import DOG, OBJECT, SIZE, assert_one_dog, zeros

CELLS = 40 * 32 + 20 * 16 + 10 * 8


def flat() -> list[Floats]:
    return [np.array([[0, *OBJECT, 0.8, DOG]], dtype=np.float32)]


def batch() -> list[Floats]:
    """Filled with -1 after the count; a stale row there must not be read."""
    boxes, scores, classes = zeros(1, 20, 4) - 1, zeros(1, 20) - 1, zeros(1, 20) - 1
    boxes[0, :2], scores[0, :2], classes[0, :2] = OBJECT, 0.8, DOG
    return [np.ones((1, 1), dtype=np.float32), boxes, scores, classes]


def raw() -> list[Floats]:
    boxes, scores = zeros(1, CELLS, 4), zeros(1, CELLS, 80)
    boxes[0, 5], scores[0, 5, DOG] = OBJECT, 0.8
    return [boxes, scores]


def test_its_forms_are_told_by_their_shapes() -> None:
    assert count_classes([output.shape for output in flat()], SIZE) == UNKNOWN_CLASSES
    assert count_classes([output.shape for output in batch()], SIZE) == UNKNOWN_CLASSES
    assert count_classes([output.shape for output in raw()], SIZE) == 80


def test_the_outputs_of_others_are_not_its_own() -> None:
    assert count_classes([(1, 300, 4), (1, 300, 91)], SIZE) is None
    assert count_classes([(1, 10, 4), (1, 10), (1, 10), (1,)], SIZE) is None
    assert count_classes([(1, 84, CELLS)], SIZE) is None


def test_every_form_finds_the_dog() -> None:
    for outputs in (flat(), batch(), raw()):
        assert_one_dog(decode(outputs, SIZE), 0.8)


def test_nothing_found_is_no_error() -> None:
    empty = [[zeros(0, 7)], [zeros(1, 1), zeros(1, 20, 4), zeros(1, 20), zeros(1, 20)]]
    for outputs in (*empty, [zeros(1, CELLS, 4), zeros(1, CELLS, 80)]):
        assert decode(outputs, SIZE).scores.shape == (0,)
