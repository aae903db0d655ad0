"""All scores of one video, and of several together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from picket.evaluate.observed import Following, Observation
from picket.evaluate.scores.cost import Cost, cost_of
from picket.evaluate.scores.detections import DetectionScores, score_detections
from picket.evaluate.scores.events import EventScores, score_events
from picket.evaluate.scores.tracks import Sums, TrackScores, add_up, scenes, sum_tracks
from picket.evaluate.truth.values import Truth


@dataclass(frozen=True, slots=True)
class TrackerScores:
    """What one tracker is worth."""

    events: EventScores = field(default_factory=EventScores)
    sums: tuple[Sums, ...] = ()  # TrackEval's, of the videos that have boxes

    def __add__(self, other: TrackerScores) -> TrackerScores:
        return TrackerScores(self.events + other.events, (*self.sums, *other.sums))

    @property
    def tracks(self) -> TrackScores | None:
        """Figures of identities; None where nobody drew boxes."""
        return add_up(self.sums)


@dataclass(frozen=True, slots=True)
class VideoScores:
    """One video, or several under one name."""

    name: str
    cost: Cost = field(default_factory=Cost)
    detections: DetectionScores | None = None  # None where nobody drew boxes
    ours: TrackerScores | None = None  # None: nothing is known of the video
    baseline: TrackerScores | None = None


def score_video(observation: Observation, truth: Truth | None) -> VideoScores:
    """Compare what was noticed in a video with what it shows.

    Args:
        observation: of the whole video.
        truth: in pixels of the analysed frames; None, or without labels: only the cost is known.
    """
    name, cost = observation.video.name, cost_of(observation)
    if truth is None or not truth.labels:
        return VideoScores(name, cost)
    theirs = observation.baseline
    baseline = None if theirs is None else _score_tracker(observation, theirs, truth)
    return VideoScores(
        name,
        cost,
        None if truth.boxes is None else score_detections(observation.frames, truth),
        _score_tracker(observation, observation.ours, truth),
        baseline,
    )


def total(videos: Sequence[VideoScores], name: str) -> VideoScores:
    """All videos together."""
    detections = [each.detections for each in videos if each.detections is not None]
    ours = [each.ours for each in videos if each.ours is not None]
    baseline = [each.baseline for each in videos if each.baseline is not None]
    return VideoScores(
        name,
        sum((each.cost for each in videos), Cost()),
        sum(detections, DetectionScores()) if detections else None,
        sum(ours, TrackerScores()) if ours else None,
        sum(baseline, TrackerScores()) if baseline else None,
    )


def _score_tracker(observation: Observation, following: Following, truth: Truth) -> TrackerScores:
    events = score_events(observation.frames, following, truth, observation.duration_s)
    if truth.boxes is None:
        return TrackerScores(events)
    numbers = [frame.number for frame in observation.frames]
    return TrackerScores(events, (sum_tracks(scenes(numbers, following.tracks, truth)),))
