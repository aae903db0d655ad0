"""Chooses what a report shows: the cases that went worst."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from picket.domain.geometry import Box
from picket.evaluate.examined import Examined
from picket.evaluate.observed import AnalysedFrame, Observation
from picket.evaluate.scores.events import EventScores, FoundObject
from picket.evaluate.scores.switches import find_switches
from picket.evaluate.scores.tracks import scenes
from picket.evaluate.truth.values import Truth

MOST_OF_A_KIND = 6
"""Pictures of one kind for each video."""

LATE_S = 1.0
"""An event that comes sooner is not worth a picture."""


class Kind(StrEnum):
    """What went wrong; the values are headings."""

    MISSED = "Missed"
    FALSE = "False event"
    TWICE = "Told more than once"
    SWITCHED = "Changed identity"
    LATE = "Late"


class Tone(StrEnum):
    """What a mark in a picture says."""

    TRUE = "true"
    OURS = "ours"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Mark:
    """A box in a picture."""

    box: Box
    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Case:
    """One picture with its story."""

    kind: Kind
    text: str
    frame_number: int  # of an analysed frame
    marks: tuple[Mark, ...] = ()


def worst_cases(examined: Examined) -> tuple[Case, ...]:
    """What to show of a video, most serious first; empty when nothing is known of it."""
    truth, ours = examined.truth, examined.scores.ours
    if truth is None or ours is None:
        return ()
    seen = examined.observation
    stories = (
        _missed(seen, truth, ours.events),
        _false(ours.events),
        _twice(ours.events),
        _switched(seen, truth),
        _late(seen, truth, ours.events),
    )
    return tuple(case for story in stories for case in islice(story, MOST_OF_A_KIND))


def _missed(seen: Observation, truth: Truth, events: EventScores) -> Iterator[Case]:
    """Large ones first."""
    for found in sorted(events.missed, key=lambda each: each.true.height_px or 1e9, reverse=True):
        true = found.true
        frame = _frame_at(seen, (true.start_s + true.end_s) / 2)
        text = f"{true.id}, seen {true.start_s:.1f} to {true.end_s:.1f} s{_height(found)}"
        yield Case(Kind.MISSED, text, frame.number, _true_marks(truth, frame, true.id))


def _false(events: EventScores) -> Iterator[Case]:
    """Long ones first."""
    for judged in sorted(events.false_events, key=lambda each: each.start_s - each.end_s):
        text = f"{judged.event.label}, {judged.start_s:.1f} to {judged.end_s:.1f} s"
        mark = Mark(judged.box, judged.event.label, Tone.WRONG)
        yield Case(Kind.FALSE, text, judged.frame_number, (mark,))


def _twice(events: EventScores) -> Iterator[Case]:
    """One picture for each event about an object that has several."""
    several = {each.true.id: each.event_count for each in events.objects if each.event_count > 1}
    told: dict[str, int] = {}
    for judged in sorted(events.judged, key=lambda each: each.start_s):
        if judged.object_id in several:
            number = told[judged.object_id] = told.get(judged.object_id, 0) + 1
            text = f"{judged.object_id}, event {number} of {several[judged.object_id]}"
            span = f"{judged.start_s:.1f} to {judged.end_s:.1f} s"
            mark = Mark(judged.box, judged.event.label, Tone.OURS)
            yield Case(Kind.TWICE, f"{text}, {span}", judged.frame_number, (mark,))


def _switched(seen: Observation, truth: Truth) -> Iterator[Case]:
    if truth.boxes is None:
        return
    frames = seen.frames
    numbers = [frame.number for frame in frames]
    for switch in find_switches(scenes(numbers, seen.ours.tracks, truth)):
        before, after = frames[switch.before], frames[switch.after]
        text = f"{switch.object_id}, {before.time_s:.1f} to {after.time_s:.1f} s"
        marks = (
            Mark(switch.box_before, "before", Tone.OURS),
            Mark(switch.box_after, "after", Tone.WRONG),
        )
        yield Case(Kind.SWITCHED, text, after.number, marks)


def _late(seen: Observation, truth: Truth, events: EventScores) -> Iterator[Case]:
    """As it stood there unnoticed, halfway to its event; the latest first."""
    found = [each for each in events.objects if (each.delay_s or 0.0) > LATE_S]
    for each in sorted(found, key=lambda one: one.delay_s or 0.0, reverse=True):
        delay_s = each.delay_s or 0.0
        frame = _frame_at(seen, each.true.start_s + delay_s / 2)
        text = f"{each.true.id}, event after {delay_s:.1f} s{_height(each)}"
        yield Case(Kind.LATE, text, frame.number, _true_marks(truth, frame, each.true.id))


def _true_marks(truth: Truth, frame: AnalysedFrame, object_id: str) -> tuple[Mark, ...]:
    boxes = (truth.boxes or {}).get(frame.number, ())
    return tuple(Mark(t.box, object_id, Tone.TRUE) for t in boxes if t.object_id == object_id)


def _frame_at(seen: Observation, time_s: float) -> AnalysedFrame:
    return min(seen.frames, key=lambda frame: abs(frame.time_s - time_s))


def _height(found: FoundObject) -> str:
    height_px = found.true.height_px
    return "" if height_px is None else f", {height_px:.0f} px high"
