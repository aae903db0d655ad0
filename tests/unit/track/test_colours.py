from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.track.colours import blend, colours_of, unlikeness

WIDTH, HEIGHT = 160, 120
LEFT, RIGHT = Box(10, 20, 40, 100), Box(100, 20, 130, 100)
YELLOW, BLUE, DARK = (200, 100, 140), (60, 150, 120), (40, 128, 128)


def scene(*dressed: tuple[Box, tuple[int, int, int]]) -> Frame:
    """A grey frame with boxes of one colour (brightness, blue, red)."""
    luma = np.full((HEIGHT, WIDTH), 128, np.uint8)
    chroma = np.full((2, HEIGHT // 2, WIDTH // 2), 128, np.uint8)
    for box, (bright, blue, red) in dressed:
        luma[box.y1 : box.y2, box.x1 : box.x2] = bright
        half = np.s_[box.y1 // 2 : box.y2 // 2, box.x1 // 2 : box.x2 // 2]
        chroma[0][half], chroma[1][half] = blue, red
    return Frame(0.0, np.concatenate((luma, chroma.reshape(-1, WIDTH))))


def test_who_walks_on_still_looks_the_same() -> None:
    before = colours_of(scene((LEFT, YELLOW)), LEFT)
    after = colours_of(scene((RIGHT, YELLOW)), RIGHT)
    assert unlikeness(before, after) == pytest.approx(0, abs=1e-9)


def test_other_clothes_look_different() -> None:
    frame = scene((LEFT, YELLOW), (RIGHT, DARK))
    assert unlikeness(colours_of(frame, LEFT), colours_of(frame, RIGHT)) > 0.3


def test_jacket_and_trousers_are_told_apart() -> None:
    upper, lower = Box(10, 20, 40, 60), Box(10, 60, 40, 100)
    one = colours_of(scene((upper, YELLOW), (lower, BLUE)), LEFT)
    other = colours_of(scene((upper, BLUE), (lower, YELLOW)), LEFT)
    assert unlikeness(one, other) > 0.3


def test_a_little_more_light_is_no_other_look() -> None:
    day = colours_of(scene((LEFT, (100, 128, 128))), LEFT)
    cloud = colours_of(scene((LEFT, (92, 128, 128))), LEFT)
    black = colours_of(scene((LEFT, (20, 128, 128))), LEFT)
    assert unlikeness(day, cloud) < 0.4 * unlikeness(day, black)


def test_too_little_has_no_look_and_differs_from_nobody() -> None:
    frame = scene((LEFT, YELLOW))
    assert colours_of(frame, Box(0, 0, 5, 5)) is None
    assert colours_of(frame, Box(500, 500, 600, 700)) is None
    assert unlikeness(None, colours_of(frame, LEFT)) == 0.0
    assert blend(None, None) is None


def test_a_look_follows_what_is_seen() -> None:
    frame = scene((LEFT, YELLOW), (RIGHT, BLUE))
    known, new = colours_of(frame, LEFT), colours_of(frame, RIGHT)
    assert unlikeness(blend(None, new), new) == pytest.approx(0, abs=1e-9)
    blended = known
    for _ in range(40):
        blended = blend(blended, new)
    assert unlikeness(blended, new) < 0.01 < unlikeness(known, new)


@given(
    box=st.tuples(*[st.integers(-50, 170)] * 2, *[st.integers(1, 200)] * 2),
    seed=st.integers(0, 99),
)
def test_every_look_has_length_one_and_is_its_own_like(
    box: tuple[int, int, int, int], seed: int
) -> None:
    x, y, width, height = box
    noise = np.random.default_rng(seed).integers(0, 256, (HEIGHT * 3 // 2, WIDTH), np.uint8)
    look = colours_of(Frame(0.0, noise), Box(x, y, x + width, y + height))
    if look is not None:
        assert np.linalg.norm(look) == pytest.approx(1)
        assert unlikeness(look, look) == pytest.approx(0, abs=1e-9)
