"""What one more frame teaches about an object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile
from statistics import median

from picket.domain.detection import Detection
from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.overlay import AttributeBox
from picket.domain.track import Track
from picket.events.attributes import attributes_on, best_scores, find_logo
from picket.events.belief import add_place, certainty
from picket.events.best_shot import BestShot, is_better
from picket.events.filters import foot
from picket.events.memory import ObjectMemory, SubLabel, view_of
from picket.events.path import Path, add_waypoint
from picket.events.quieting import Quieting, step_quieting
from picket.events.rules import EventRules
from picket.events.zones import Presence, Visitor, step_presence

STORED_SCORES = 10
"""Frames that a score is made of."""
ENOUGH_SCORES = 4
"""In a row: as many as convince of what is new, three that register it and one more."""


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """What tracking made of one frame."""

    frame: Frame
    tracks: tuple[Track, ...] = ()  # all that live
    lost: tuple[Track, ...] = ()
    first_scores: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """By id of the tracks registered in this frame: scores of the detections behind them."""
    attributes: tuple[Detection, ...] = ()  # faces and the like
    known: frozenset[str] = frozenset()  # ids of tracks that are no news, from their first frame on
    motion: tuple[Box, ...] | None = None  # where something moves; None: unknown, so anywhere

    def shows_motion_on(self, box: Box) -> bool:
        """Whether something moves there, or may."""
        return self.motion is None or any(box.overlaps(other) for other in self.motion)


def advance(
    memory: ObjectMemory, track: Track, sighting: Sighting, rules: EventRules
) -> ObjectMemory:
    """The memory of an object one frame later.

    A shot taken now refers to the frame as it came: copy it before it is kept.
    """
    scores = (*memory.scores, track.detection.score if track.is_sure else 0.0)[-STORED_SCORES:]
    score = median(scores)
    places = add_place(memory.places, track.detection.box) if track.is_sure else memory.places
    has_stirred = memory.has_stirred or sighting.shows_motion_on(track.detection.box)
    quieting, is_believed = _believe(
        replace(memory, track=track, scores=scores, places=places, has_stirred=has_stirred),
        sighting.frame,
        rules,
    )
    found = attributes_on(track.detection, sighting.attributes) if track.is_seen else ()
    attributes = best_scores(memory.attributes, found)
    after = replace(
        memory,
        track=track,
        scores=scores,
        score=score,
        top_score=max(memory.top_score, score),
        places=places,
        path=_path(memory.path, track),
        has_stirred=has_stirred,
        is_false_positive=not is_believed,
        quieting=quieting,
        attributes=attributes,
        current_attributes=found,
        presence=_presence(memory.presence, track, score, rules),
        sub_label=_named(memory.sub_label, find_logo(track.label, attributes)),
    )
    return _with_shot(after, sighting.frame, rules)


def _believe(memory: ObjectMemory, frame: Frame, rules: EventRules) -> tuple[Quieting, bool]:
    """Whether an object is believed from now on; once is for ever.

    Only a frame that surely shows it convinces: what is gone again may have been a flicker.
    """
    if not memory.is_false_positive:
        return memory.quieting, True
    quieting = step_quieting(memory.quieting, memory.track, frame, rules.mistakes)
    sure = certainty(_evidence(memory), len(memory.places))
    convinces = memory.track.is_sure and sure >= _threshold(memory.track.label, rules)
    if not (convinces and quieting.mistake_id):
        return quieting, convinces
    return replace(quieting, has_mattered=True), False


def _evidence(memory: ObjectMemory) -> float:
    """The median of the last frames, or of those since it came back: no later than if it were new.

    Where nothing stirred it is that of ten frames, seen or not. What is new has come, and was
    seen to move. What a detector finds in a still picture was there before, or is not there at
    all, and there is time to look again.
    """
    if not memory.has_stirred:
        return median((*memory.scores, *[0.0] * (STORED_SCORES - len(memory.scores))))
    since_return = tuple(takewhile(bool, reversed(memory.scores)))
    is_enough = len(since_return) >= ENOUGH_SCORES
    return max(median(memory.scores), median(since_return) if is_enough else 0.0)


def _threshold(label: str, rules: EventRules) -> float:
    # A label that is no longer tracked after a change of rules convinces nobody.
    rule = rules.filters.get(label)
    return rule.threshold if rule is not None else float("inf")


def _presence(presence: Presence, track: Track, score: float, rules: EventRules) -> Presence:
    """Unseen objects neither enter nor leave: where they are is only a guess."""
    if not track.is_seen:
        return presence
    box = track.detection.box
    visitor = Visitor(track.label, box, foot(box, rules.width, rules.height), score)
    return step_presence(presence, visitor, rules.zones)


def _path(path: Path, track: Track) -> Path:
    """Where an unseen object is, is only a guess."""
    return add_waypoint(path, track.frame_time, track.detection.box) if track.is_seen else path


def _named(name: SubLabel | None, logo: tuple[str, float] | None) -> SubLabel | None:
    """A logo names an object that nobody named; its score may rise later."""
    if logo is not None and (name is None or name[0] == logo[0]):
        return logo
    return name


def _with_shot(memory: ObjectMemory, frame: Frame, rules: EventRules) -> ObjectMemory:
    if memory.is_false_positive or not memory.track.is_sure:
        return memory
    new = view_of(memory.track, memory.current_attributes)
    old = memory.shot
    if old is not None and not is_better(
        memory.track.label, new, old.view, rules.width, rules.height
    ):
        return memory
    return replace(memory, shot=BestShot(frame, new))


def same_labels(some: tuple[AttributeBox, ...], others: tuple[AttributeBox, ...]) -> bool:
    """Whether two frames show the same kinds of attributes on an object."""
    return {a.label for a in some} == {a.label for a in others}
