"""How good single detections are: precision, recall and average precision at IoU 0.5."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
    true_boxes: Mapping[str, int] = field(default_factory=dict)  # how many there are by label

    def __add__(self, other: DetectionScores) -> DetectionScores:
        true_boxes = Counter(self.true_boxes) + Counter(other.true_boxes)
        return DetectionScores((*self.judged, *other.judged), true_boxes)

    @property
    def precision(self) -> float | None:
        """Share of the believed detections that are right; None without any."""
        believed = [each for each in self.judged if each.is_believed]
        return sum(each.is_right for each in believed) / len(believed) if believed else None

    @property
    def recall(self) -> float | None:
        """Share of the true boxes that a believed detection lies on; None without any."""
        right = sum(each.is_right for each in self.judged if each.is_believed)
        count = sum(self.true_boxes.values())
        return right / count if count else None

    @property
    def ap50(self) -> float | None:
        """Average precision, the mean over the labels that occur; None without any."""
        values = [self._average_precision(label) for label in sorted(self.true_boxes)]
        return sum(values) / len(values) if values else None

    def _average_precision(self, label: str) -> float:
        judged = [each for each in self.judged if each.label == label]
        ranked = sorted(judged, key=lambda each: each.score, reverse=True)
        return average_precision([each.is_right for each in ranked], self.true_boxes[label])


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
    judged: list[Judged] = []
    counts: Counter[str] = Counter()
    for frame in frames:
        truths = boxes.get(frame.number, ())
        real = [true for true in truths if not true.is_ignored and true.label in truth.labels]
        counts.update(true.label for true in real)
        judged += _judge_frame(_reports(frame, truth.labels), real, truths)
    return DetectionScores(tuple(judged), counts)


def _reports(frame: AnalysedFrame, labels: frozenset[str]) -> list[tuple[Detection, bool]]:
    """What is to be judged, and whether it was believed, in the order in which it may choose.

    The believed come first: they keep their matches whatever else was reported.
    """
    return [
        (found, is_believed)
        for is_believed, group in ((True, frame.believed), (False, frame.doubted))
        for found in sorted(group, key=lambda each: each.score, reverse=True)
        if found.label in labels
    ]


def _judge_frame(
    reports: Sequence[tuple[Detection, bool]], real: Sequence[TrueBox], truths: Sequence[TrueBox]
) -> Iterator[Judged]:
    free = list(real)
    for found, is_believed in reports:
        true = _best_match(found, free)
        if true is not None:
            free.remove(true)
        if true is not None or not is_ignored(found.box, truths):
            yield Judged(found.label, found.score, true is not None, is_believed)


def _best_match(found: Detection, free: Sequence[TrueBox]) -> TrueBox | None:
    same = [true for true in free if true.label == found.label]
    best = max(same, key=lambda true: true.box.iou(found.box), default=None)
    return best if best is not None and best.box.iou(found.box) >= SAME_IOU else None
