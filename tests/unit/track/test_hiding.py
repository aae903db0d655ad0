from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.domain.track import Track
from picket.track.hiding import LONGEST_FRAMES, is_hidden
from picket.track.rules import TrackRules
from picket.track.tracker import TrackState, step_tracks

RULES = TrackRules(min_initialized=1.5, max_disappeared=25, stationary_threshold=50)
REGION = Box(0, 0, 640, 360)
STEP_PX, STEP_S = 8, 0.2


def far(step: int, step_px: int = STEP_PX) -> Detection:
    """Who walks behind, 30 px ahead."""
    x = 130 + step_px * step
    return Detection("person", 0.9, Box(x, 95, x + 40, 195), REGION)


def near(step: int, step_px: int = STEP_PX) -> Detection:
    """Who walks in front, nearer and larger, and hides him once the two are close."""
    x = 60 + step_px * step
    return Detection("person", 0.8, Box(x, 90, x + 60, 220), REGION)


@dataclass
class Street:
    """A tracker at five frames a second."""

    state: TrackState = field(default_factory=TrackState)
    step: int = 0
    calls: int = 0

    def draws(self) -> tuple[int, ...]:
        self.calls += 1
        return (0, 0, 0, 0, 0, self.calls)

    def see(self, *detections: Detection) -> tuple[Track, ...]:
        now = 100 + STEP_S * self.step
        self.step += 1
        self.state, tracking = step_tracks(self.state, detections, now, RULES, self.draws)
        return tracking.tracks


def catch_up(street: Street, faster_px: int = 2, steps: int = 16) -> tuple[Track, ...]:
    """The one in front comes up from behind; both are seen."""
    tracks: tuple[Track, ...] = ()
    for step in range(steps):
        tracks = street.see(far(step), near(step, STEP_PX + faster_px))
    return tracks


def test_who_walks_behind_somebody_goes_on_with_him() -> None:
    street = Street()
    first, _ = catch_up(street)
    assert first.hidden_box is None
    for step in range(16, 16 + 5):
        hidden = street.see(near(step, STEP_PX + 2))[0]
        assert hidden.id == first.id
        assert not hidden.is_seen
        assert hidden.hidden_box is not None
        assert hidden.hidden_box.iou(far(step).box) > 0.5
    assert street.see(far(21), near(21, STEP_PX + 2))[0].hidden_box is None


def test_nobody_is_believed_to_be_hidden_for_long() -> None:
    street = Street()
    catch_up(street)
    hidden = [street.see(near(step, STEP_PX + 2))[0].hidden_box for step in range(16, 36)]
    assert hidden[0] is not None
    assert all(box is None for box in hidden[LONGEST_FRAMES:])


def test_who_vanishes_with_nobody_in_front_is_just_gone() -> None:
    street = Street()
    catch_up(street, faster_px=0)
    assert street.see(near(16))[0].hidden_box is None


def test_behind_what_stands_nobody_walks_along() -> None:
    street = Street()
    parked = Detection("car", 0.9, Box(200, 90, 320, 220), REGION)
    for step in range(12):
        street.see(parked, far(step))
    assert [track.hidden_box for track in street.see(parked)] == [None, None]


def test_what_only_trembles_does_not_walk() -> None:
    street = Street()
    for step in range(5):
        street.see(far(step, 1))
    for step in range(5, 15):
        street.see(far(step, 1), near(step + 60, 1))
    tracks = street.see(near(75, 1))
    assert [track.hidden_box for track in tracks] == [None, None]
    assert is_hidden(tracks[0].detection.box, tracks[1].detection.box)


def test_who_comes_the_other_way_does_not_turn_round() -> None:
    street = Street()
    for step in range(10):
        street.see(near(step), far(step=16 - step))
    assert all(track.hidden_box is None for track in street.see(near(10)))


def test_a_part_of_an_object_is_not_behind_it() -> None:
    street = Street()
    for step in range(8):
        whole = near(step)
        x = whole.box.x1
        part = Detection("person", 0.6, Box(x + 5, 95, x + 45, 205), REGION)
        assert is_hidden(part.box, whole.box)
        street.see(whole, part)
    tracks = street.see(near(8))
    assert len(tracks) == 2
    assert all(track.hidden_box is None for track in tracks)


@pytest.mark.parametrize(
    ("other", "hides"),
    [
        (Box(0, 0, 60, 110), True),
        (Box(20, 0, 80, 110), True),
        (Box(21, 0, 80, 110), False),  # leaves more than half to be seen
        (Box(0, 0, 60, 85), False),  # its feet are higher in the picture: it is behind
    ],
)
def test_in_front_is_whose_feet_are_lower(other: Box, *, hides: bool) -> None:
    assert is_hidden(Box(0, 0, 40, 100), other) is hides


def test_the_walk_of_a_hidden_one_is_that_of_the_other() -> None:
    street = Street()
    catch_up(street)
    street.see(near(16, STEP_PX + 2))
    behind, front = street.state.estimates.velocity
    assert behind == pytest.approx(np.array([front[[0, 2]].mean(), front[[1, 3]].mean()] * 2))
