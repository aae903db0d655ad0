from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.appearance import CHROMA_BYTES, LUMA_BYTES, Appearance
from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.domain.track import Track
from picket.track.rules import TrackRules
from picket.track.tracker import Hints, TrackState, step_tracks
from picket.track.whole import Whole, is_inside, is_part, is_same, is_shared, is_unchanged

RULES = TrackRules(min_initialized=1.5, max_disappeared=25, stationary_threshold=50)
REGION = Box(0, 0, 640, 360)
CAR = Box(100, 100, 200, 160)
REAR, FRONT = Box(100, 102, 145, 160), Box(152, 103, 203, 160)  # of it, at both sides of a post


def pattern(seed: int) -> Appearance:
    luma = np.random.default_rng(seed).integers(-60, 60, LUMA_BYTES, np.int8)
    return Appearance(luma.tobytes(), bytes(CHROMA_BYTES))


class Kerb:
    """A tracker before a picture that looks the same everywhere, until it is changed."""

    def __init__(self) -> None:
        self.state = TrackState()
        self.picture = pattern(1)
        self.frames = 0

    def see(self, *boxes: Box, label: str = "car", doubtful: Sequence[Box] = ()) -> list[Track]:
        self.frames += 1
        detections = [Detection(label, 0.6, box, REGION) for box in boxes]
        weak = [Detection(label, 0.3, box, REGION) for box in doubtful]
        hints = Hints(weak, appearance=lambda _: self.picture)
        self.state, tracking = step_tracks(
            self.state, detections, 100 + self.frames / 5, RULES, self.draws, hints
        )
        return list(tracking.tracks)

    def draws(self) -> tuple[int, ...]:
        return (0, 0, 0, 0, self.frames // 36, self.frames % 36)


def parked(kerb: Kerb) -> Track:
    """A car that was seen as a whole for a while."""
    for _ in range(5):
        tracks = kerb.see(CAR)
    (track,) = tracks
    return track


def test_the_half_of_a_parked_car_is_the_car() -> None:
    kerb = Kerb()
    car = parked(kerb)
    for half in (REAR, FRONT, REAR):
        (seen,) = kerb.see(half)
        assert (seen.id, seen.detection.box) == (car.id, CAR)
    assert seen.motionless_count == car.motionless_count + 3


def test_a_doubtful_half_is_the_car_too() -> None:
    kerb = Kerb()
    car = parked(kerb)
    (seen,) = kerb.see(doubtful=[Box(100, 100, 155, 160)])
    assert (seen.id, seen.detection.box, seen.is_sure) == (car.id, CAR, False)


def test_a_part_is_a_part_when_the_picture_changed() -> None:
    kerb = Kerb()
    parked(kerb)
    kerb.picture = pattern(2)
    (seen,) = kerb.see(REAR)
    assert seen.detection.box == REAR


def test_the_whole_is_learned_from_the_first_frame_that_shows_it() -> None:
    kerb = Kerb()
    for _ in range(4):
        kerb.see(REAR)
    kerb.see(CAR)
    (seen,) = kerb.see(REAR)
    assert seen.detection.box == CAR


def test_a_box_around_two_is_no_whole_when_both_are_seen() -> None:
    kerb = Kerb()
    parked(kerb)
    for _ in range(3):
        tracks = kerb.see(REAR, FRONT)
    assert {track.detection.box for track in tracks} == {REAR, FRONT}


def test_a_candidate_that_was_the_other_half_is_forgotten() -> None:
    kerb = Kerb()
    parked(kerb)
    kerb.see(CAR, FRONT)
    assert len(kerb.state.followed) == 2
    kerb.see(REAR)
    assert len(kerb.state.followed) == 1


def test_a_second_box_in_the_same_part_begins_nothing() -> None:
    kerb = Kerb()
    parked(kerb)
    kerb.see(REAR, Box(112, 104, 150, 158))
    assert len(kerb.state.followed) == 1


def test_without_pictures_a_part_is_what_it_says() -> None:
    state = TrackState()
    for number, box in enumerate((CAR, CAR, CAR, REAR)):
        detection = Detection("car", 0.6, box, REGION)
        state, tracking = step_tracks(
            state, [detection], 100 + number / 5, RULES, lambda: (0,) * 6, Hints()
        )
    assert [track.detection.box for track in tracking.tracks] == [REAR]


def test_what_reaches_out_is_no_part() -> None:
    assert is_part(REAR, CAR)
    assert not is_part(Box(60, 100, 140, 160), CAR)  # moved on
    assert not is_part(Box(100, 100, 175, 160), CAR)  # the same, a little narrower
    assert not is_part(CAR, REAR)


def test_the_rest_is_shared_only_with_what_lies_beside_the_part() -> None:
    assert is_shared(CAR, REAR, [REAR, FRONT])
    assert not is_shared(CAR, REAR, [REAR])
    assert not is_shared(CAR, REAR, [REAR, Box(300, 100, 350, 160)])


def test_a_place_is_unchanged_while_it_looks_alike() -> None:
    whole = Whole(CAR, pattern(1))
    assert is_unchanged(whole, pattern(1))
    assert not is_unchanged(whole, pattern(2))


boxes = st.builds(
    lambda x, y, width, height: Box(x, y, x + width, y + height),
    st.integers(0, 300),
    st.integers(0, 300),
    st.integers(4, 200),
    st.integers(4, 200),
)


@given(box=boxes, whole=boxes)
def test_a_box_is_the_same_or_a_part_or_neither_but_never_both(box: Box, whole: Box) -> None:
    assert not (is_same(box, whole) and is_part(box, whole))
    assert not is_part(box, whole) or (is_inside(box, whole) and box.area <= whole.area)


@given(whole=boxes, share=st.floats(0.1, 0.5))
def test_each_side_of_a_whole_is_a_part_of_it(whole: Box, share: float) -> None:
    left = Box(whole.x1, whole.y1, whole.x1 + max(int(share * whole.width), 1), whole.y2)
    assert is_part(left, whole)
