"""What users feel: who was missed or told twice, what was never there, and how late it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from picket.evaluate.observed import AnalysedFrame, Following, NotedEvent
from picket.evaluate.scores.about import JudgedEvent, judge_events
from picket.evaluate.truth.values import TrueObject, Truth


@dataclass(frozen=True, slots=True)
class FoundObject:
    """A true object and what became of it."""

    true: TrueObject
    event_count: int
    delay_s: float | None  # from its first appearance to its first event; None: missed


@dataclass(frozen=True, slots=True)
class EventScores:
    """One or more videos; can be added."""

    objects: tuple[FoundObject, ...] = ()  # those that count
    judged: tuple[JudgedEvent, ...] = ()  # events of which something can be said
    duration_s: float = 0.0

    def __add__(self, other: EventScores) -> EventScores:
        return EventScores(
            (*self.objects, *other.objects),
            (*self.judged, *other.judged),
            self.duration_s + other.duration_s,
        )

    @property
    def false_events(self) -> tuple[JudgedEvent, ...]:
        """Events about nothing."""
        return tuple(each for each in self.judged if each.object_id is None)

    @property
    def missed(self) -> tuple[FoundObject, ...]:
        """Objects that no event is about."""
        return tuple(each for each in self.objects if not each.event_count)

    @property
    def high(self) -> tuple[FoundObject, ...]:
        """Objects that are at least 40 px high, or of unknown height."""
        return tuple(each for each in self.objects if each.true.is_high)

    @property
    def missed_high(self) -> tuple[FoundObject, ...]:
        """Those of them that no event is about."""
        return tuple(each for each in self.high if not each.event_count)

    @property
    def events_per_object(self) -> float | None:
        """Events about an object that was found, 1.0 is ideal; None when none was."""
        counts = [each.event_count for each in self.objects if each.event_count]
        return sum(counts) / len(counts) if counts else None

    @property
    def false_per_hour(self) -> float | None:
        """False events in an hour of video; None without any video."""
        return len(self.false_events) * 3600 / self.duration_s if self.duration_s else None

    @property
    def median_delay_s(self) -> float | None:
        """Half of the events come sooner; None when none comes."""
        delays = [each.delay_s for each in self.objects if each.delay_s is not None]
        return median(delays) if delays else None


def score_events(
    frames: Sequence[AnalysedFrame], following: Following, truth: Truth, duration_s: float
) -> EventScores:
    """Compare the events of a video with its truth.

    Args:
        frames: all that were analysed.
        following: tracks in these frames, and the events among them.
        truth: labels that it lacks are not judged.
        duration_s: length of the video.
    """
    judged = judge_events(frames, following, truth)
    by_object: dict[str, list[NotedEvent]] = {}
    for each in judged:
        if each.object_id:
            by_object.setdefault(each.object_id, []).append(each.event)
    objects = tuple(
        _outcome(true, by_object.get(true.id, ())) for true in truth.objects if true.counts
    )
    return EventScores(objects, tuple(judged), duration_s)


def _outcome(true: TrueObject, events: Sequence[NotedEvent]) -> FoundObject:
    if not events:
        return FoundObject(true, 0, None)
    first_s = min(event.noted_s for event in events)
    return FoundObject(true, len(events), max(first_s - true.start_s, 0.0))
