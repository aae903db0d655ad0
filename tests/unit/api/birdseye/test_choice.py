from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.api.birdseye.choice import REVIEW_S, Candidate, Choice, Room, choose, idle_s
from picket.config.birdseye import BirdseyeMode
from picket.domain.overlay import FrameNotes, LastActivity

NOW = 1000.0
SEEN = FrameNotes(NOW, activity=LastActivity(motion_time=NOW - 5, object_time=NOW - 20))
CANDIDATES = st.lists(
    st.builds(Candidate, st.sampled_from("abcdef"), st.integers(0, 2), st.floats(0, 60)),
    unique_by=lambda one: one.camera,
)


@pytest.mark.parametrize(
    ("mode", "notes", "expected"),
    [
        ("continuous", None, 0.0),
        ("continuous", SEEN, 0.0),
        ("motion", SEEN, 5.0),
        ("objects", SEEN, 20.0),
        ("motion", None, float("inf")),
        ("objects", FrameNotes(NOW), float("inf")),
    ],
)
def test_each_mode_has_its_own_activity(
    mode: BirdseyeMode, notes: FrameNotes | None, expected: float
) -> None:
    assert idle_s(mode, notes, NOW) == expected


def test_a_clock_that_runs_ahead_keeps_nobody_active() -> None:
    assert idle_s("motion", SEEN, NOW - 100) == 5.0
    assert idle_s("motion", SEEN, NOW + 100) == 105.0


@given(CANDIDATES, st.none() | st.integers(1, 4))
def test_only_active_cameras_are_shown_in_their_order(
    candidates: list[Candidate], most: int | None
) -> None:
    choice = choose(Choice(), candidates, Room(30, most), NOW)
    active = {one.camera: one for one in candidates if one.idle_s < 30}
    assert len(choice.cameras) == min(len(active), most or len(active))
    places = [(active[name].order, name) for name in choice.cameras]
    assert places == sorted(places)
    left_out = [one.idle_s for name, one in active.items() if name not in choice.cameras]
    shown = [active[name].idle_s for name in choice.cameras]
    assert max(shown, default=0) <= min(left_out, default=60)


def busy(**idle: float) -> list[Candidate]:
    return [Candidate(name, 0, seconds) for name, seconds in idle.items()]


def test_among_too_many_the_choice_stays_for_a_while() -> None:
    room = Room(30, most=2)
    first = choose(Choice(), busy(a=1, b=2, c=3), room, NOW)
    assert first.cameras == ("a", "b")
    still = choose(first, busy(a=3, b=4, c=0), room, NOW + REVIEW_S - 1)
    assert still == first
    assert choose(still, busy(a=3, b=4, c=0), room, NOW + REVIEW_S).cameras == ("a", "c")


def test_who_is_active_no_more_makes_room_at_once() -> None:
    room = Room(30, most=2)
    first = choose(Choice(), busy(a=1, b=29, c=29.5), room, NOW)
    assert choose(first, busy(a=2, b=30, c=0), room, NOW + 1).cameras == ("a", "c")
