from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.detection import Detection
from picket.domain.gaze import Shift
from picket.domain.geometry import Box
from picket.track.rules import TrackRules
from picket.track.shifting import shift_tracks, track_speeds
from picket.track.tracker import TrackState, living_tracks, step_tracks

WIDTH, HEIGHT = 640, 360
RULES = TrackRules(min_initialized=2, max_disappeared=25, stationary_threshold=50)
PIXELS = st.integers(-60, 60)


def draws() -> Sequence[int]:
    return (0, 1, 2, 3, 4, 5)


def person(x: int, y: int = 150) -> Detection:
    return Detection("person", 0.8, Box(x, y, x + 40, y + 90), Box(0, 0, 320, 320))


def followed(count: int = 6, step_px: int = 0) -> TrackState:
    """Somebody who was seen so often, the last time at 300."""
    state = TrackState()
    for number in range(count):
        x = 300 - step_px * (count - 1 - number)
        state, _ = step_tracks(state, [person(x)], number / 5, RULES, draws)
    return state


@given(PIXELS, PIXELS)
def test_who_stands_is_the_same_and_stands_when_the_camera_turns(dx: int, dy: int) -> None:
    before = followed()
    turned = shift_tracks(before, Shift(1.0, dx, dy), WIDTH, HEIGHT)
    after, tracking = step_tracks(turned, [person(300 + dx, 150 + dy)], 1.2, RULES, draws)
    (old,), (new,) = living_tracks(before), tracking.tracks
    assert new.id == old.id
    assert new.motionless_count == old.motionless_count + 1
    assert new.position_changes == old.position_changes
    assert track_speeds(after)[new.id].x == pytest.approx(0, abs=10)


@given(st.floats(0.8, 1.25))
def test_who_stands_is_the_same_and_stands_when_the_camera_zooms(scale: float) -> None:
    before = followed()
    zoom = Shift(scale, (1 - scale) * WIDTH / 2, (1 - scale) * HEIGHT / 2)
    shown = zoom.of(person(300).box)
    zoomed = shift_tracks(before, zoom, WIDTH, HEIGHT)
    after, tracking = step_tracks(zoomed, [replace(person(300), box=shown)], 1.2, RULES, draws)
    (old,), (new,) = living_tracks(before), tracking.tracks
    assert new.id == old.id
    assert new.motionless_count == old.motionless_count + 1
    assert track_speeds(after)[new.id].x == pytest.approx(0, abs=10)


@given(st.integers(-200, 200))
def test_a_turn_is_no_speed(dx: int) -> None:
    state = followed(step_px=10)
    turned = shift_tracks(state, Shift(1.0, dx, 0), WIDTH, HEIGHT)
    assert track_speeds(turned) == track_speeds(state)
    (speed,) = track_speeds(state).values()
    assert speed.x == pytest.approx(50, rel=0.3)
    assert speed.y == pytest.approx(0, abs=5)


@given(st.integers(-2000, 2000), st.integers(-2000, 2000), st.floats(0.7, 1.4))
def test_what_clients_see_lies_in_the_picture(dx: int, dy: int, scale: float) -> None:
    (track,) = living_tracks(shift_tracks(followed(), Shift(scale, dx, dy), WIDTH, HEIGHT))
    for box in (track.detection.box, track.detection.region):
        assert Box(0, 0, WIDTH, HEIGHT).contains(box)


def test_without_the_shift_he_would_be_somebody_else() -> None:
    """The measure of what the module is for: a turn further than any walk."""
    far = person(60)
    _, lost = step_tracks(followed(), [far], 1.2, RULES, draws)
    turned = shift_tracks(followed(), Shift(1.0, -240, 0), WIDTH, HEIGHT)
    _, kept = step_tracks(turned, [far], 1.2, RULES, draws)
    assert not lost.tracks[0].is_seen
    assert kept.tracks[0].is_seen


def test_a_zoom_enlarges() -> None:
    (track,) = living_tracks(shift_tracks(followed(), Shift(1.5, -160, -90), WIDTH, HEIGHT))
    assert (track.detection.box.width, track.detection.box.height) == (60, 135)
