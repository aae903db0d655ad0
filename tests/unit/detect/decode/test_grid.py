"""Cells and activations."""

import numpy as np

from picket.detect.decode.family import InputSize
from picket.detect.decode.grid import cell_corners, cell_counts, sigmoid


def test_a_stride_that_does_not_divide_the_input_rounds_up() -> None:
    assert cell_counts(InputSize(416, 416), (8, 16, 32, 64)) == [2704, 676, 169, 49]


def test_cells_run_row_by_row() -> None:
    corners = cell_corners(InputSize(96, 64), 32)
    assert corners.tolist() == [[0, 0], [1, 0], [2, 0], [0, 1], [1, 1], [2, 1]]


def test_the_logistic_function_stays_finite() -> None:
    values = sigmoid(np.array([-1e9, 0, 1e9], dtype=np.float32))
    np.testing.assert_allclose(values, [0, 0.5, 1], atol=1e-6)
