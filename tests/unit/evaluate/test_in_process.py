from __future__ import annotations

import numpy as np

from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.look import Ask, Urgency
from picket.evaluate.in_process import InProcessDetector
from tests.support.square_backend import SquareBackend

SQUARE = Box(100, 60, 140, 100)


def scene() -> Frame:
    yuv = np.full((360, 320), 128, np.uint8)
    yuv[:240] = 60
    yuv[SQUARE.y1 : SQUARE.y2, SQUARE.x1 : SQUARE.x2] = 250
    return Frame(100.0, yuv)


def asks(*regions: Box) -> list[Ask]:
    return [Ask(region, Urgency.NEW) for region in regions]


def test_objects_come_back_in_pixels_of_the_frame() -> None:
    detector = InProcessDetector(SquareBackend())
    region = Box(60, 20, 220, 180)
    answer = detector.detect(scene(), asks(region))
    (found,) = answer.found
    assert answer.looked == (region,)
    assert found.region == region
    assert found.box.iou(SQUARE) > 0.9


def test_every_region_is_a_look() -> None:
    backend = SquareBackend()
    detector = InProcessDetector(backend)
    answer = detector.detect(scene(), asks(Box(60, 20, 220, 180), Box(0, 0, 160, 160)))
    assert (len(answer.found), backend.looks) == (2, 2)
    assert detector.detect(scene(), asks(Box(160, 0, 320, 160))).found == ()


def test_what_was_found_is_handed_out_once() -> None:
    detector = InProcessDetector(SquareBackend())
    answer = detector.detect(scene(), asks(Box(60, 20, 220, 180)))
    assert detector.take_found() == answer.found
    assert detector.take_found() == ()
