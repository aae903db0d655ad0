"""Building blocks of network outputs with one object in them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from picket.detect.decode.candidates import Candidates
from picket.detect.decode.family import Floats, InputSize

SIZE = InputSize(320, 256)
"""Not square, so that swapped axes are noticed."""

OBJECT = (64.0, 80.0, 128.0, 176.0)
"""Corners in pixels; its centre (96, 128) is a corner of cells of every stride up to 32."""

RELATIVE = np.array([64 / 320, 80 / 256, 128 / 320, 176 / 256], dtype=np.float32)

DOG = 16


def zeros(*shape: int) -> Floats:
    return np.zeros(shape, dtype=np.float32)


def logit(share: float) -> float:
    return float(np.log(share / (1 - share)))


def assert_one_dog(candidates: Candidates, score: float) -> None:
    assert candidates.classes.tolist() == [DOG]
    assert_close(candidates.boxes, RELATIVE[None])
    assert_close(candidates.scores, [score])


def assert_close(seen: npt.NDArray[Any], wanted: Any) -> None:
    np.testing.assert_allclose(seen, wanted, atol=1e-4)
