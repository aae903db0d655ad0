"""SSD's four ready outputs."""

import numpy as np
import pytest

from picket.detect.decode.family import UNKNOWN_CLASSES, Floats
from picket.detect.decode.ssd import count_classes, decode
from tests.unit.detect.decode.outputs import DOG, RELATIVE, SIZE, assert_one_dog, zeros


def outputs(score: float = 0.75) -> list[Floats]:
    boxes, classes, scores = zeros(1, 10, 4), zeros(1, 10), zeros(1, 10)
    boxes[0, 0] = RELATIVE[[1, 0, 3, 2]]
    classes[0, 0] = DOG
    scores[0, 0] = score
    scores[0, 1] = 0.9  # beyond the count: left over in memory
    return [boxes, classes, scores, np.ones(1, dtype=np.float32)]


def test_four_outputs_with_boxes_are_its_own() -> None:
    shapes = [output.shape for output in outputs()]
    assert count_classes(shapes, SIZE) == UNKNOWN_CLASSES
    assert count_classes(shapes[:3], SIZE) is None
    assert count_classes([(1, 10, 7), *shapes[1:]], SIZE) is None


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (2, 0, 3, 1), (3, 2, 1, 0)])
def test_outputs_are_understood_in_any_order(order: tuple[int, ...]) -> None:
    shuffled = [outputs()[index] for index in order]
    assert_one_dog(decode(shuffled, SIZE), 0.75)


def test_weak_rows_are_left_out() -> None:
    assert decode(outputs(score=0.1), SIZE).scores.shape == (0,)
