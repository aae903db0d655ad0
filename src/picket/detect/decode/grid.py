"""Arithmetic that several families share: cells, activations, the best class."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from picket.detect.decode.candidates import SCORE_FLOOR, Candidates
from picket.detect.decode.family import Floats, InputSize


def cell_counts(size: InputSize, strides: Sequence[int]) -> list[int]:
    """Cells of each level; a stride that does not divide the input rounds up."""
    return [math.ceil(size.height / s) * math.ceil(size.width / s) for s in strides]


def cell_corners(size: InputSize, stride: int) -> Floats:
    """Column and row of every cell of a level, row by row, float32, shape (cells, 2)."""
    rows, columns = np.indices((math.ceil(size.height / stride), math.ceil(size.width / stride)))
    return np.stack((columns.ravel(), rows.ravel()), axis=1).astype(np.float32)


def sigmoid(x: Floats) -> Floats:
    """The logistic function, 0..1; the argument is bounded so that exp cannot overflow."""
    logistic: Floats = (1 / (1 + np.exp(-np.clip(x, -60, 60)))).astype(np.float32)
    return logistic


def centers_to_corners(centers: Floats, sizes: Floats, scale: InputSize) -> Floats:
    """Pixel centres (n, 2) and sizes (n, 2) as corners relative to the input, shape (n, 4)."""
    half: Floats = sizes * np.float32(0.5)
    return relative(np.concatenate((centers - half, centers + half), axis=1), scale)


def relative(pixels: Floats, size: InputSize) -> Floats:
    """Pixel corners (n, 4) as shares of the input."""
    span = np.array([size.width, size.height] * 2, dtype=np.float32)
    shares: Floats = (pixels / span).astype(np.float32)
    return shares


def likely_rows(scores: Floats) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Rows whose best class reaches the floor; the few that are worth decoding."""
    best = scores.max(axis=1) if scores.ndim == 2 else scores
    rows: np.ndarray[tuple[int], np.dtype[np.int64]] = np.flatnonzero(best >= SCORE_FLOOR)
    return rows


def with_best_class(boxes: Floats, class_scores: Floats) -> Candidates:
    """One candidate per row, with its best class.

    Args:
        boxes: relative corners, shape (n, 4).
        class_scores: 0..1, shape (n, classes).
    """
    classes = class_scores.argmax(axis=1)
    scores = np.take_along_axis(class_scores, classes[:, None], axis=1)[:, 0]
    return Candidates(boxes.astype(np.float32), np.clip(scores, 0, 1).astype(np.float32), classes)
