"""Windows into real clips that turn and zoom from frame to frame: how much is known."""

from __future__ import annotations

from itertools import islice, pairwise

import av
import cv2
import numpy as np
import pytest

from picket.domain.frame import Gray
from picket.domain.gaze import Shift
from picket.motion.turning import measure_shift, small_copy
from tests.support.servers import DATA

WIDTH, HEIGHT = 640, 360
GAP = 10  # frames of the clip between two that are compared: everything else goes on
FIRST, PAIRS = 5, 6
SCALES = (0.8, 0.9, 1.06, 1.12, 1.25)
TURN_PX = (9, -5)
OFF_PX = 4.0  # of the frame, at its corners


def pictures(clip: str) -> list[Gray]:
    """Enlarged, so that a window has where to go."""
    with av.open(str(DATA / "videos" / f"{clip}.mp4")) as source:
        wanted = islice(source.decode(video=0), FIRST, FIRST + GAP * (PAIRS + 1), GAP)
        luma = [frame.to_ndarray(format="gray") for frame in wanted]
    size = (WIDTH * 8 // 5, HEIGHT * 8 // 5)
    return [cv2.resize(one, size, interpolation=cv2.INTER_CUBIC).astype(np.uint8) for one in luma]


def window(picture: Gray, scale: float = 1.0, x: int = 0, y: int = 0) -> Gray:
    """The middle of a picture, moved and enlarged."""
    left = (picture.shape[1] - WIDTH / scale) / 2 + x
    top = (picture.shape[0] - HEIGHT / scale) / 2 + y
    matrix = np.array([[scale, 0, -left * scale], [0, scale, -top * scale]])
    return cv2.warpAffine(picture, matrix, (WIDTH, HEIGHT)).astype(np.uint8)


def is_right(before: Gray, now: Gray, scale: float) -> bool:
    x, y = TURN_PX
    shift = measure_shift(small_copy(before), small_copy(window(now, scale, x, y)))
    return shift is not None and _furthest_off(shift, scale) <= OFF_PX


def _furthest_off(shift: Shift, scale: float) -> float:
    """Pixels of the frame, at the worse of two corners."""
    x, y = TURN_PX
    dx, dy = (1 - scale) * WIDTH / 2 - x * scale, (1 - scale) * HEIGHT / 2 - y * scale
    enlarged = HEIGHT / 180
    return max(
        abs((shift.scale - scale) * corner + shift.dx * enlarged - dx) for corner in (0, WIDTH)
    ) + abs((shift.scale - scale) * HEIGHT / 2 + shift.dy * enlarged - dy)


@pytest.mark.parametrize("clip", ["street_cars_gt", "dog_and_person_gt", "plaza_crowd_small"])
def test_a_zoom_is_known_while_others_move(clip: str) -> None:
    pairs = list(pairwise(pictures(clip)))
    right = [is_right(window(a), b, scale) for a, b in pairs for scale in SCALES]
    assert sum(right) >= 0.9 * len(right), f"{sum(right)} of {len(right)}"
