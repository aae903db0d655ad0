"""Of what stood there before nothing is told; it is counted like anything else."""

from __future__ import annotations

from picket.events.advance import Sighting
from picket.events.counts import count_labels, untold
from picket.events.lifecycle import end_all, step_events
from picket.events.memory import EventState
from tests.unit.events.build import KEPT, START, frame, rules, track

RULES = rules(**KEPT)
CAR = track(label="car")


def known_for(seconds: int) -> EventState:
    """A known car in front of the camera, a frame a second; nothing must be told."""
    state = EventState()
    for number in range(seconds):
        sighting = Sighting(frame(START + number), tracks=(CAR,), known=frozenset((CAR.id,)))
        state, told = step_events(state, sighting, RULES)
        assert told == ()
    return state


def test_it_is_counted_once_it_is_believed_and_never_told() -> None:
    assert count_labels(known_for(120)) == {"car": 1}


def test_it_vanishes_without_a_word() -> None:
    state = known_for(20)
    after, told = step_events(state, Sighting(frame(START + 20), lost=(CAR,)), RULES)
    assert (after.objects, told) == ({}, ())
    assert end_all(state, START + 20, RULES)[1] == ()


def test_only_what_was_never_told_nor_known_may_be_recognised() -> None:
    state = known_for(20)
    assert untold(state, (CAR.id, "2.0-fresh")) == ("2.0-fresh",)
    told, _ = step_events(EventState(), Sighting(frame(), tracks=(CAR,)), RULES)
    assert untold(told, (CAR.id,)) == (CAR.id,)
