from __future__ import annotations

import numpy as np

from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.overlay import AttributeBox, ShotView
from picket.events.best_shot import copy_frame, is_better

SIZE = (640, 360)
HOME = Box(100, 100, 200, 200)


def shot(box: Box = HOME, score: float = 0.8, face: Box | None = None) -> ShotView:
    attributes = () if face is None else (AttributeBox("face", 0.9, face),)
    return ShotView(1.0, box, Box(0, 0, 320, 320), score, attributes)


def better(new: ShotView, old: ShotView, label: str = "person") -> bool:
    return is_better(label, new, old, *SIZE)


def test_a_clearly_higher_score_is_better() -> None:
    assert better(shot(score=0.86), shot(score=0.8))
    assert not better(shot(score=0.84), shot(score=0.8))


def test_a_clearly_larger_object_is_better() -> None:
    assert better(shot(Box(100, 100, 200, 211)), shot())
    assert not better(shot(Box(100, 100, 200, 209)), shot())


def test_an_object_cut_off_by_the_frame_is_not_better_than_a_whole_one() -> None:
    cut = Box(0, 0, 300, 300)
    assert not better(shot(cut, score=0.99), shot())
    assert better(shot(cut, score=0.99), shot(Box(0, 0, 250, 250)))


def test_a_face_is_better_than_none_and_a_larger_one_better_still() -> None:
    small, large = Box(140, 100, 150, 110), Box(140, 100, 160, 120)
    assert better(shot(face=small, score=0.5), shot(score=0.9))
    assert better(shot(face=large, score=0.5), shot(face=small, score=0.9))


def test_a_picture_with_a_face_is_never_replaced_by_one_without() -> None:
    face = Box(140, 100, 150, 110)
    assert not better(shot(Box(50, 50, 350, 350), score=0.99), shot(face=face))


def test_faces_are_of_no_interest_on_cars() -> None:
    assert not better(shot(face=Box(140, 100, 150, 110)), shot(), label="car")


def test_a_copied_frame_does_not_change_with_the_ring() -> None:
    ring = np.zeros((540, 640), np.uint8)
    kept = copy_frame(Frame(1.0, ring))
    ring[:] = 9
    assert kept.yuv.max() == 0
