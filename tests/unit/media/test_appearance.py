"""Likeness of what two frames show: blind to light, sharp for things."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.media.appearance import describe, likeness

WIDTH, HEIGHT = 160, 120
PLACE = Box(40, 20, 100, 100)

seeds = st.integers(0, 2**32 - 1)


def draw(seed: int, *, colour: float = 30.0) -> npt.NDArray[np.float32]:
    """A scene of soft patches as planar values, shape (HEIGHT * 3 // 2, WIDTH), 60 to 160."""
    chance = np.random.default_rng(seed)
    coarse = chance.random((12, 16), np.float32)
    luma = cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC) * 100 + 60
    chroma = (chance.random((2, 3, 4), np.float32) - 0.5) * 2 * colour + 128
    planes = [cv2.resize(plane, (WIDTH // 2, HEIGHT // 2)).reshape(-1, WIDTH) for plane in chroma]
    return np.vstack([luma.astype(np.float32), *planes])


def framed(scene: npt.NDArray[np.float32]) -> Frame:
    return Frame(0.0, np.clip(np.rint(scene), 0, 255).astype(np.uint8))


@given(seeds)
def test_a_thing_looks_like_itself(seed: int) -> None:
    seen = describe(framed(draw(seed)), PLACE)
    assert likeness(seen, seen) == pytest.approx(1.0, abs=0.001)


@given(seeds, seeds)
def test_likeness_is_a_share_and_the_same_from_both_sides(seed: int, other: int) -> None:
    one, two = describe(framed(draw(seed)), PLACE), describe(framed(draw(other)), PLACE)
    assert 0.0 <= likeness(one, two) <= 1.0
    assert likeness(one, two) == likeness(two, one)


@given(seeds, st.floats(0.5, 1.4), st.floats(-25, 25))
def test_exposure_and_contrast_do_not_count(seed: int, gain: float, offset: float) -> None:
    scene = draw(seed)
    lit = scene.copy()
    lit[:HEIGHT] = lit[:HEIGHT] * gain + offset
    seen, later = describe(framed(scene), PLACE), describe(framed(lit), PLACE)
    assert likeness(seen, later) > 0.95


@given(seeds)
def test_a_picture_without_colour_is_judged_by_its_structure(seed: int) -> None:
    scene = draw(seed)
    grey = scene.copy()
    grey[HEIGHT:] = 128
    assert likeness(describe(framed(scene), PLACE), describe(framed(grey), PLACE)) > 0.99


@given(seeds, st.integers(-2, 2), st.integers(-2, 2))
def test_a_box_that_is_a_little_off_does_not_count(seed: int, right: int, down: int) -> None:
    frame = framed(draw(seed))
    moved = Box(PLACE.x1 + right, PLACE.y1 + down, PLACE.x2 + right, PLACE.y2 + down)
    assert likeness(describe(frame, PLACE), describe(frame, moved)) > 0.8


@given(st.integers(0, 1000))
def test_another_thing_does_not_look_alike(seed: int) -> None:
    one, other = framed(draw(seed)), framed(draw(seed + 1_000_000))
    assert likeness(describe(one, PLACE), describe(other, PLACE)) < 0.8


def test_another_colour_makes_the_same_shape_less_alike() -> None:
    red, green = draw(1), draw(1)
    red[HEIGHT:] = 128
    green[HEIGHT:] = 128
    red[HEIGHT + HEIGHT // 4 :] += 40  # the plane V
    green[HEIGHT + HEIGHT // 4 :] -= 40
    assert likeness(describe(framed(red), PLACE), describe(framed(green), PLACE)) < 0.75


def test_a_flat_surface_is_like_nothing() -> None:
    flat = framed(np.full((HEIGHT * 3 // 2, WIDTH), 128, np.float32))
    assert likeness(describe(flat, PLACE), describe(flat, PLACE)) == 0.0


def test_what_sticks_out_of_the_frame_is_left_away() -> None:
    frame = framed(draw(3))
    inside, wider = Box(0, 0, 60, 60), Box(-40, -10, 60, 60)
    assert describe(frame, wider) == describe(frame, inside)


def test_a_box_outside_of_the_frame_is_refused() -> None:
    with pytest.raises(ValueError, match="lies outside of 160x120"):
        describe(framed(draw(3)), Box(200, 0, 210, 10))


@pytest.mark.parametrize("box", [Box(0, 0, 1, 1), Box(159, 119, 160, 120), Box(5, 7, 6, 90)])
def test_the_smallest_boxes_can_be_described(box: Box) -> None:
    seen = describe(framed(draw(4)), box)
    assert len(seen.to_bytes()) == 288
