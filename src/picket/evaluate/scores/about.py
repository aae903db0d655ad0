"""Which true object each event is about.

Where there are boxes: frames in which most of the event's box lay in a region to ignore say
nothing. When it lay on true objects of its label (IoU at least `LIES_ON_IOU`) in at least half of
the others, it is about the one that it lay on longest. Else it is false, unless more frames say
nothing than lay on nothing; then it is not judged.

Where only times are known, an event is about an object of its label that was there, give or take
`SLACK_S`, for at least half of the time in which the event was seen. Each object takes the event it
shares most time with; further events go to the object they share most time with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from picket.domain.geometry import Box
from picket.evaluate.observed import AnalysedFrame, Following, NotedEvent, TrackedBox
from picket.evaluate.scores.boxes import is_ignored
from picket.evaluate.truth.values import TrueBox, TrueObject, Truth

LIES_ON_IOU = 0.3
"""Below the 0.5 of detections: a loose box still shows its viewer the right object."""

SLACK_S = 1.0
"""Times in event lists are read off by eye."""

NOTHING, IGNORED = "", "ignored"


@dataclass(frozen=True, slots=True)
class JudgedEvent:
    """An event and the object that it is about."""

    event: NotedEvent
    object_id: str | None  # None: false
    start_s: float  # from its first to its last sight, from the video's first frame
    end_s: float
    frame_number: int  # of the frame halfway
    box: Box  # in that frame


def judge_events(
    frames: Sequence[AnalysedFrame], following: Following, truth: Truth
) -> list[JudgedEvent]:
    """Every event of which the truth can say something.

    Args:
        frames: all that were analysed.
        following: tracks in these frames, and the events among them.
        truth: labels that it lacks are not judged.
    """
    judge = _judge_by_times if truth.boxes is None else _judge_by_boxes
    return judge(_sightings(frames, following, truth), truth)


@dataclass(frozen=True, slots=True)
class _Sighting:
    """An event and every frame in which it was seen."""

    event: NotedEvent
    seen: tuple[tuple[AnalysedFrame, TrackedBox], ...]

    @property
    def start_s(self) -> float:
        return self.seen[0][0].time_s

    @property
    def end_s(self) -> float:
        return self.seen[-1][0].time_s

    def judged(self, object_id: str | None) -> JudgedEvent:
        frame, track = self.seen[len(self.seen) // 2]
        return JudgedEvent(self.event, object_id, self.start_s, self.end_s, frame.number, track.box)


def _sightings(
    frames: Sequence[AnalysedFrame], following: Following, truth: Truth
) -> list[_Sighting]:
    seen: dict[str, list[tuple[AnalysedFrame, TrackedBox]]] = {}
    for frame, tracks in zip(frames, following.tracks, strict=True):
        for track in tracks:
            seen.setdefault(track.id, []).append((frame, track))
    return [
        _Sighting(event, tuple(seen[event.id]))
        for event in following.events
        if event.label in truth.labels
    ]


def _judge_by_boxes(sightings: Sequence[_Sighting], truth: Truth) -> list[JudgedEvent]:
    judged = []
    boxes = truth.boxes or {}
    for sighting in sightings:
        places = Counter(
            _place(track, boxes.get(frame.number, ())) for frame, track in sighting.seen
        )
        nowhere, ignored = places.pop(NOTHING, 0), places.pop(IGNORED, 0)
        if places and places.total() >= nowhere:
            about = places.most_common(1)[0][0]
            judged.append(sighting.judged(about))
        elif nowhere > ignored:
            judged.append(sighting.judged(None))
    return judged


def _place(track: TrackedBox, truths: Sequence[TrueBox]) -> str:
    """The object that the box lies on, or `NOTHING` or `IGNORED`."""
    real = [true for true in truths if not true.is_ignored and true.label == track.label]
    best = max(real, key=lambda true: true.box.iou(track.box), default=None)
    if best is not None and best.box.iou(track.box) >= LIES_ON_IOU:
        return best.object_id
    return IGNORED if is_ignored(track.box, truths) else NOTHING


def _judge_by_times(sightings: Sequence[_Sighting], truth: Truth) -> list[JudgedEvent]:
    about = _assign(sightings, truth.objects)
    return [sighting.judged(about.get(sighting.event.id)) for sighting in sightings]


def _assign(sightings: Sequence[_Sighting], objects: Sequence[TrueObject]) -> Mapping[str, str]:
    """Object by event id; events that fit none are missing."""
    fits = [
        (_shared_s(sighting, true), sighting.event.id, true.id)
        for sighting in sightings
        for true in objects
        if _fits(sighting, true)
    ]
    fits.sort(key=lambda fit: -fit[0])
    about: dict[str, str] = {}
    taken: set[str] = set()
    for _, event_id, object_id in fits:
        if event_id not in about and object_id not in taken:
            about[event_id] = object_id
            taken.add(object_id)
    for _, event_id, object_id in fits:
        about.setdefault(event_id, object_id)
    return about


def _fits(sighting: _Sighting, true: TrueObject) -> bool:
    if sighting.event.label != true.label:
        return False
    shared_s = _shared_s(sighting, true, SLACK_S)
    return shared_s >= 0 and 2 * shared_s >= sighting.end_s - sighting.start_s


def _shared_s(sighting: _Sighting, true: TrueObject, slack_s: float = 0.0) -> float:
    """How long both were there; below zero when they never met."""
    start_s = max(sighting.start_s, true.start_s - slack_s)
    return min(sighting.end_s, true.end_s + slack_s) - start_s
