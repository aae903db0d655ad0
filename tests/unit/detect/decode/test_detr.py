"""RF-DETR's logits and D-FINE's ready rows."""

import numpy as np

from picket.detect.decode.detr import count_dfine, count_rfdetr, decode_dfine, decode_rfdetr
from picket.detect.decode.family import UNKNOWN_CLASSES, Floats
from tests.unit.detect.decode.outputs import (
    DOG,
    OBJECT,
    SIZE,
    assert_one_dog,
    logit,
    zeros,
)

CELLS = 40 * 32 + 20 * 16 + 10 * 8
CENTER_AND_SIZE = np.array([96, 128, 64, 96]) / [320, 256, 320, 256]


def rfdetr() -> list[Floats]:
    boxes, logits = zeros(1, 300, 4), zeros(1, 300, 91) - 8
    boxes[0, 7] = CENTER_AND_SIZE
    logits[0, 7, DOG + 1] = logit(0.8)
    logits[0, :, 0] = 5  # the column without an object
    return [boxes, logits]


def dfine() -> list[Floats]:
    labels, boxes, scores = zeros(1, 300), zeros(1, 300, 4), zeros(1, 300)
    labels[0, 3], boxes[0, 3], scores[0, 3] = DOG, OBJECT, 0.8
    return [labels, boxes, scores]


def test_rfdetr_counts_without_the_column_of_no_object() -> None:
    assert count_rfdetr([output.shape for output in rfdetr()], SIZE) == 90
    assert count_rfdetr([(1, CELLS, 4), (1, CELLS, 80)], SIZE) is None
    assert count_rfdetr([(1, 300, 4), (1, 200, 91)], SIZE) is None


def test_rfdetr_finds_the_dog() -> None:
    assert_one_dog(decode_rfdetr(rfdetr(), SIZE), 0.8)


def test_a_sure_object_stays_sure_when_another_class_is_likely_too() -> None:
    outputs = rfdetr()
    outputs[1][0, 7, DOG + 2] = logit(0.7)
    assert_one_dog(decode_rfdetr(outputs, SIZE), 0.8)


def test_dfine_is_told_by_its_three_outputs() -> None:
    shapes = [output.shape for output in dfine()]
    assert count_dfine(shapes, SIZE) == UNKNOWN_CLASSES
    assert count_dfine(shapes[:2], SIZE) is None


def test_dfine_finds_the_dog() -> None:
    assert_one_dog(decode_dfine(dfine(), SIZE), 0.8)
