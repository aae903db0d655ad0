"""From what a network proposes to the objects that are told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from picket.detect.decode.candidates import Candidates, suppress
from picket.ipc.messages import FoundObject


def found_objects(proposed: Candidates, labels: Sequence[str], max_iou: float) -> list[FoundObject]:
    """Best first, cut at the edges, without duplicates.

    Args:
        proposed: classes are places in `labels`.
        labels: names.
        max_iou: overlap from which two boxes of a label are one object.
    """
    boxes = np.clip(proposed.boxes, 0, 1)
    # Boxes without area (all outside, or not a number) are no objects.
    has_area = np.flatnonzero((boxes[:, 2:] > boxes[:, :2]).all(axis=1))
    candidates = Candidates(boxes, proposed.scores, proposed.classes).take(has_area)
    kept = suppress(candidates, max_iou)
    return [
        FoundObject(labels[label], score, *box)
        for label, score, box in zip(
            kept.classes.tolist(), kept.scores.tolist(), kept.boxes.tolist(), strict=True
        )
    ]
