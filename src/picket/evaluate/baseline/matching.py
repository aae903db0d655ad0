"""Pairs detections with estimates: nearest first, same label only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from picket.evaluate.baseline.kalman import Floats

MAX_DISTANCE = 2.5


def distances(detections: Floats, estimates: Floats) -> Floats:
    """How unlike every detection and every estimate are, in widths and heights of the estimate.

    The length of (shift of the bottom centre across and down, excess of the wider over the
    narrower, excess of the higher over the lower).

    Args:
        detections: x1, y1, x2, y2 in pixels, shape (n, 4).
        estimates: the same, shape (m, 4); an estimate turned inside out counts as one pixel wide.

    Returns: 0 for the same box, float64, shape (n, m).
    """
    seen_size = _sizes(detections)[:, None, :]
    size = _sizes(estimates)[None, :, :]
    shift = (_feet(detections)[:, None, :] - _feet(estimates)[None, :, :]) / size
    growth = np.maximum(seen_size, size) / np.minimum(seen_size, size) - 1
    length: Floats = np.sqrt((shift**2).sum(axis=2) + (growth**2).sum(axis=2))
    return length


def match(
    detections: Floats, labels: Sequence[str], estimates: Floats, names: Sequence[str]
) -> dict[int, int]:
    """Which estimate (value) each detection (key) belongs to; both at most once.

    Args:
        detections: boxes in pixels, shape (n, 4).
        labels: one per detection.
        estimates: boxes in pixels, shape (m, 4).
        names: the labels of the estimates.
    """
    if not len(detections) or not len(estimates):
        return {}
    cost = distances(detections, estimates)
    cost[np.asarray(labels)[:, None] != np.asarray(names)[None, :]] = np.inf
    pairs: dict[int, int] = {}
    while cost.min() < MAX_DISTANCE:
        row, column = np.unravel_index(int(np.argmin(cost)), cost.shape)
        pairs[int(row)] = int(column)
        cost[row, :] = np.inf
        cost[:, column] = np.inf
    return pairs


def _feet(boxes: Floats) -> Floats:
    return np.stack(((boxes[:, 0] + boxes[:, 2]) / 2, boxes[:, 3]), axis=1)


def _sizes(boxes: Floats) -> Floats:
    return np.maximum(boxes[:, 2:] - boxes[:, :2], 1.0)
