"""How good single detections are: precision, recall and average precision at IoU 0.5."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from picket.domain.detection import Detection
from picket.evaluate.observed import AnalysedFrame
from picket.evaluate.scores.boxes import SAME_IOU, is_ignored
from picket.evaluate.truth.values import TrueBox, Truth


@dataclass(frozen=True, slots=True)
class Judged:
    """One detection against the truth."""

    label: str
    score: float
    is_right: bool
    is_believed: bool  # it was tracked, so it counts for precision and recall


@dataclass(frozen=True, slots=True)
class DetectionScores:
    """Sums that can be added over videos."""

    judged: tuple[Judged, ...] = ()
    true_boxes: tuple[tuple[str, int], ...] = field(default=())  # how many by label

    def __add__(self, other: DetectionScores) -> DetectionScores:
        return DetectionScores((*self.judged, *other.judged), (*self.true_boxes, *other.true_boxes))

    @property
    def precision(self) -> float | None:
        """Share of the believed detections that are right; None without any."""
        believed = [each for each in self.judged if each.is_believed]
        return sum(each.is_right for each in believed) / len(believed) if believed else None

    @property
    def recall(self) -> float | None:
        """Share of the true boxes that a believed detection lies on; None without any."""
        right = sum(each.is_right for each in self.judged if each.is_believed)
        count = sum(number for _, number in self.true_boxes)
        return right / count if count else None

    @property
    def ap50(self) -> float | None:
        """Average precision, the mean over the labels that occur; None without any."""
        labels = sorted({label for label, number in self.true_boxes if number})
        values = [self._average_precision(label) for label in labels]
        return sum(values) / len(values) if values else None

    def _average_precision(self, label: str) -> float:
        judged = [each for each in self.judged if each.label == label]
        count = sum(number for name, number in self.true_boxes if name == label)
        ranked = sorted(judged, key=lambda each: each.score, reverse=True)
        return average_precision([each.is_right for each in ranked], count)


def average_precision(ranked: Sequence[bool], true_count: int) -> float:
    """Area under the curve of precision over recall.

    Args:
        ranked: whether each detection is right, best score first.
        true_count: how many there are to find, at least one.

    Source: Everingham et al. 2015, "The PASCAL VOC Challenge: A Retrospective", section 2.2, with
    every recall as a step.
    """
    right = np.cumsum(np.asarray(ranked, dtype=np.float64))
    precision = right / np.arange(1, len(right) + 1)
    best_from_here = np.maximum.accumulate(precision[::-1])[::-1]
    return float(best_from_here[np.asarray(ranked, dtype=bool)].sum() / true_count)


def score_detections(frames: Sequence[AnalysedFrame], truth: Truth) -> DetectionScores:
    """Compare the detections of the analysed frames with the boxes of a truth that has some."""
    boxes = truth.boxes or {}
    total = DetectionScores()
    parts = [_judge_frame(frame, boxes.get(frame.number, ()), truth) for frame in frames]
    for part in parts:
        total += part
    return total


def _judge_frame(frame: AnalysedFrame, truths: Sequence[TrueBox], truth: Truth) -> DetectionScores:
    real = [true for true in truths if not true.is_ignored and true.label in truth.labels]
    reports = [(found, True) for found in frame.believed]
    reports += [(found, False) for found in frame.doubted]
    reports = [report for report in reports if report[0].label in truth.labels]
    free = list(real)
    judged = []
    # The believed come first: they keep their matches whatever else was reported.
    for found, is_believed in sorted(reports, key=lambda each: (not each[1], -each[0].score)):
        true = _best_match(found, free)
        if true is not None:
            free.remove(true)
        elif is_ignored(found.box, truths):
            continue
        judged.append(Judged(found.label, found.score, true is not None, is_believed))
    counts = tuple((label, sum(t.label == label for t in real)) for label in sorted(truth.labels))
    return DetectionScores(tuple(judged), counts)


def _best_match(found: Detection, free: Sequence[TrueBox]) -> TrueBox | None:
    same = [true for true in free if true.label == found.label]
    best = max(same, key=lambda true: true.box.iou(found.box), default=None)
    return best if best is not None and best.box.iou(found.box) >= SAME_IOU else None
