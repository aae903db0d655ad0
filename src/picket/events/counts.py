"""How many objects are where: pure views of the state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from picket.domain.overlay import ObjectView
from picket.events.best_shot import BestShot
from picket.events.memory import EventState, ObjectMemory, show
from picket.events.rules import EventRules


def all_views(state: EventState, rules: EventRules) -> tuple[ObjectView, ...]:
    """Every tracked object, false positives too, in order of registration."""
    return tuple(show(memory, rules) for memory in state.objects.values())


def count_labels(state: EventState) -> Mapping[str, int]:
    """Believed objects by label."""
    return Counter(memory.track.label for memory in _believed(state))


def count_zones(state: EventState) -> Mapping[str, Mapping[str, int]]:
    """Believed objects by zone and label; a zone without any is missing."""
    zones: dict[str, Counter[str]] = {}
    for memory in _believed(state):
        for zone in memory.presence.current:
            zones.setdefault(zone, Counter())[memory.track.label] += 1
    return zones


def count_active(state: EventState) -> int:
    """Believed objects that are moving: what makes footage worth keeping."""
    return sum(memory.track.motionless_count == 0 for memory in _believed(state))


def untold(state: EventState, track_ids: Iterable[str]) -> tuple[str, ...]:
    """Those of the tracks that no client was told of as objects."""
    return tuple(
        key
        for key in track_ids
        if (memory := state.objects.get(key)) is None
        or (memory.is_false_positive and not memory.is_known)
    )


def best_shot(state: EventState, event_id: str) -> BestShot | None:
    """The best picture of a running object, or None when there is none (yet)."""
    memory = state.objects.get(event_id)
    return None if memory is None else memory.shot


def _believed(state: EventState) -> Iterable[ObjectMemory]:
    return (memory for memory in state.objects.values() if not memory.is_false_positive)
