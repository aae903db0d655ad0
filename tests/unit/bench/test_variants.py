"""Truth goes where the picture goes."""

import numpy as np
import pytest

from bench.variants import VARIANTS, moved_box

LINE = "3,7,10.0,20.0,30.0,40.0,1,3,1"
SIZE = (200, 100)


def _moved(variant: str, first: int = 0) -> str:
    matrix, size = VARIANTS[variant].place(SIZE, 2)
    return moved_box(LINE, first, [matrix] * 5, size)


@pytest.mark.parametrize(
    ("variant", "box"),
    [
        ("plain", "10.0,20.0,30.0,40.0"),
        ("mirrored", "160.0,20.0,30.0,40.0"),
        ("half", "5.0,10.0,15.0,20.0"),
        ("letterboxed", "10.0,45.0,30.0,40.0"),
    ],
)
def test_a_box_is_moved_with_its_picture(variant: str, box: str) -> None:
    assert _moved(variant) == f"3,7,{box},1,3,1"


def test_frames_left_out_take_their_boxes_along() -> None:
    assert _moved("plain", first=2).startswith("1,7,")
    assert not _moved("plain", first=3)


@pytest.mark.parametrize("variant", VARIANTS)
def test_an_encoder_can_take_every_size(variant: str) -> None:
    matrix, size = VARIANTS[variant].place((178, 100), 0)
    assert not any(side % 2 for side in size)
    assert np.linalg.matrix_rank(matrix[:, :2]) == 2
