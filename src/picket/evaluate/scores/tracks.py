"""How well identities are kept: the sums of TrackEval over the analysed frames."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from picket.domain.errors import Unavailable
from picket.evaluate.observed import TrackedBox
from picket.evaluate.scores.boxes import SAME_IOU, iou_matrix, is_ignored
from picket.evaluate.truth.values import TrueBox, Truth

Sums = Mapping[str, Mapping[str, Any]]
"""TrackEval's own results by metric, which it adds up over videos itself."""


@dataclass(frozen=True, slots=True)
class TrackScores:
    """Figures as the tracking challenges give them."""

    mota: float  # at most 1
    idf1: float  # 0..1
    hota: float  # 0..1, mean over overlaps of 0.05 to 0.95
    switches: int  # a true object goes on under another identity
    fragments: int  # a true object is lost and found again


@dataclass(frozen=True, slots=True)
class Scene:
    """One frame: what is there, and what is said to be there."""

    truths: tuple[TrueBox, ...]
    tracks: tuple[TrackedBox, ...]


def scenes(
    numbers: Sequence[int], tracks: Sequence[Sequence[TrackedBox]], truth: Truth
) -> tuple[Scene, ...]:
    """The analysed frames, without what nobody judges.

    Args:
        numbers: of the frames in the file.
        tracks: seen in each of them.
        truth: with boxes.
    """
    boxes = truth.boxes or {}
    pairs = ((boxes.get(number, ()), seen) for number, seen in zip(numbers, tracks, strict=True))
    return tuple(_judged_part(truths, seen, truth.labels) for truths, seen in pairs)


def sum_tracks(frames: Sequence[Scene]) -> Sums:
    """TrackEval's sums of one video.

    Raises: Unavailable when TrackEval is not installed.
    """
    sequence = _sequence(frames)
    return {name: metric.eval_sequence(sequence) for name, metric in load_metrics().items()}


def add_up(videos: Sequence[Sums]) -> TrackScores | None:
    """The scores of one or more videos together; None without any."""
    if not videos:
        return None
    sums = {
        name: metric.combine_sequences({str(n): video[name] for n, video in enumerate(videos)})
        for name, metric in load_metrics().items()
    }
    return TrackScores(
        mota=float(sums["CLEAR"]["MOTA"]),
        idf1=float(sums["Identity"]["IDF1"]),
        hota=float(np.mean(sums["HOTA"]["HOTA"])),
        switches=int(sums["CLEAR"]["IDSW"]),
        fragments=int(sums["CLEAR"]["Frag"]),
    )


def load_metrics() -> Mapping[str, Any]:
    """TrackEval's metrics by name, without what it prints.

    Raises: Unavailable when TrackEval is not installed.
    """
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            from trackeval import metrics
    except ImportError as error:
        raise Unavailable(
            f"scoring against boxes needs TrackEval, which is not installed ({error}): run"
            " `pip install --no-deps trackeval scipy`"
        ) from error
    quiet = {"THRESHOLD": SAME_IOU, "PRINT_CONFIG": False}
    return {
        "HOTA": metrics.HOTA(),
        "CLEAR": metrics.CLEAR(quiet),
        "Identity": metrics.Identity(quiet),
    }


def _judged_part(
    truths: Sequence[TrueBox], tracks: Sequence[TrackedBox], labels: frozenset[str]
) -> Scene:
    real = tuple(true for true in truths if not true.is_ignored and true.label in labels)
    judged = (
        track
        for track in tracks
        if track.label in labels and (_is_on(track, real) or not is_ignored(track.box, truths))
    )
    return Scene(real, tuple(judged))


def _is_on(track: TrackedBox, real: Sequence[TrueBox]) -> bool:
    return any(t.label == track.label and t.box.iou(track.box) >= SAME_IOU for t in real)


def _sequence(frames: Sequence[Scene]) -> Mapping[str, Any]:
    """The dictionary that TrackEval's metrics take; identities are counted from 0."""
    true_ids = _numbered(true.object_id for frame in frames for true in frame.truths)
    track_ids = _numbered(track.id for frame in frames for track in frame.tracks)
    return {
        "num_timesteps": len(frames),
        "num_gt_ids": len(true_ids),
        "num_tracker_ids": len(track_ids),
        "num_gt_dets": sum(len(frame.truths) for frame in frames),
        "num_tracker_dets": sum(len(frame.tracks) for frame in frames),
        "gt_ids": [np.array([true_ids[t.object_id] for t in f.truths], int) for f in frames],
        "tracker_ids": [np.array([track_ids[t.id] for t in f.tracks], int) for f in frames],
        "similarity_scores": [_similarity(frame) for frame in frames],
    }


def _similarity(frame: Scene) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Overlaps, 0 where labels differ: so all labels are judged at once."""
    overlaps = iou_matrix([t.box for t in frame.truths], [t.box for t in frame.tracks])
    for row, true in enumerate(frame.truths):
        for column, track in enumerate(frame.tracks):
            if true.label != track.label:
                overlaps[row, column] = 0.0
    return overlaps


def _numbered(names: Iterable[str]) -> Mapping[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}
