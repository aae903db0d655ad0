"""Which picture shows a label best, of all the objects that a camera sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from picket.domain.overlay import ShotView
from picket.events.best_shot import BestShot, is_better
from picket.events.memory import EventState, ObjectMemory
from picket.events.rules import EventRules


@dataclass(frozen=True, slots=True)
class LabelBest:
    """Which picture was shown last of a label."""

    object_id: str
    label: str
    view: ShotView


@dataclass(frozen=True, slots=True, eq=False)
class LabelPicture:
    """A better picture of a label, to be shown."""

    label: str
    shot: BestShot


def find_better(
    bests: Mapping[str, LabelBest], state: EventState, rules: EventRules, now: float
) -> tuple[Mapping[str, LabelBest], tuple[LabelPicture, ...]]:
    """Look through the objects after a frame; hand back what is better than what was shown.

    Another object's picture has to be better, or the old one out of date; and it has to
    be newer in any case, or two pictures of which each is better in its own way would take turns.
    """
    found: dict[str, LabelPicture] = {}
    after = dict(bests)
    for key, memory in state.objects.items():
        label, shot = memory.track.label, memory.shot
        if shot is None or not _is_wanted(memory, rules):
            continue
        old, new = after.get(label), LabelBest(key, label, shot.view)
        if old is None or _replaces(new, old, rules, now):
            after[label], found[label] = new, LabelPicture(label, shot)
    return after, tuple(found.values())


def _replaces(new: LabelBest, old: LabelBest, rules: EventRules, now: float) -> bool:
    if new.view.frame_time <= old.view.frame_time:
        return False
    return (
        new.object_id == old.object_id  # its own shots are never replaced by a worse one
        or now - old.view.frame_time > rules.picture_timeout_s
        or is_better(new.label, new.view, old.view, rules.width, rules.height)
    )


def _is_wanted(memory: ObjectMemory, rules: EventRules) -> bool:
    """Of what is told and has moved, where the user wants it."""
    is_told = not memory.is_false_positive and not memory.is_known
    has_moved = memory.track.position_changes > 0
    return (
        is_told and has_moved and rules.picture.wants(memory.track.label, memory.presence.entered)
    )
