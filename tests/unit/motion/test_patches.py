from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.frame import Gray
from picket.motion.patches import (
    LINGER_FRAMES,
    LONGEST_FRAMES,
    Limits,
    Patches,
    find_changes,
    find_patches,
    start_changes,
)

SHAPE = (100, 178)
LIMITS = Limits(*(np.full(SHAPE, limit, np.uint8) for limit in (30, 22, 15)))


def spot(x: int, y: int, width: int, height: int, luma: int) -> Gray:
    difference = np.zeros(SHAPE, np.uint8)
    difference[y : y + height, x : x + width] = luma
    return difference


def watch(*differences: Gray, contour_area: float = 10) -> Patches:
    """What the last of the frames shows."""
    before = changes = start_changes(differences[0])
    for difference in differences:
        before, changes = changes, find_changes(difference, LIMITS, changes)
    return find_patches(differences[-1], LIMITS, changes, before, contour_area)


def test_a_large_patch_is_believed_at_once() -> None:
    assert watch(spot(20, 30, 15, 20, 60)).boxes.tolist() == [[19, 29, 17, 22]]


def test_a_small_patch_must_show_itself_twice() -> None:
    once = spot(20, 30, 2, 5, 60)
    assert len(watch(once).boxes) == 0
    assert watch(once, spot(22, 30, 2, 5, 60)).boxes.tolist() == [[21, 29, 4, 7]]
    assert len(watch(once, spot(60, 30, 2, 5, 60)).boxes) == 0


def test_a_patch_without_a_clear_pixel_is_none() -> None:
    assert len(watch(spot(20, 30, 15, 20, 28)).boxes) == 0


def test_pixels_that_differ_less_belong_to_a_clear_one() -> None:
    difference = np.maximum(spot(20, 30, 15, 20, 25), spot(22, 32, 1, 1, 60))
    assert watch(difference).boxes.tolist() == [[19, 29, 17, 22]]


@given(width=st.integers(1, 20), height=st.integers(1, 20), contour_area=st.integers(1, 300))
def test_a_patch_counts_by_the_area_within_its_outline(
    width: int, height: int, contour_area: int
) -> None:
    patch = spot(20, 30, width, height, 60)
    found = watch(patch, patch, contour_area=contour_area)
    assert bool(len(found.boxes)) == ((width + 1) * (height + 1) > contour_area)


def faint(frames: int) -> Patches:
    return watch(*[spot(20, 30, 2, 6, 18)] * frames)


def test_a_small_faint_patch_counts_while_it_lingers() -> None:
    assert len(faint(LINGER_FRAMES - 1).boxes) == 0
    assert faint(LINGER_FRAMES).boxes.tolist() == [[19, 29, 4, 8]]
    assert len(faint(LONGEST_FRAMES).boxes) == 1
    assert len(faint(LONGEST_FRAMES + 1).boxes) == 0


def test_a_large_faint_patch_is_light() -> None:
    assert len(watch(*[spot(20, 30, 15, 20, 18)] * LINGER_FRAMES).boxes) == 0


def test_what_is_found_clearly_is_not_found_faintly_again() -> None:
    assert len(watch(*[spot(20, 30, 2, 6, 60)] * LINGER_FRAMES).boxes) == 1


def test_shares_are_of_the_picture() -> None:
    half = spot(0, 0, 89, 100, 60)
    once, twice = watch(half), watch(half, half)
    assert abs(once.share - 0.5) < 0.01
    assert abs(once.sudden_share - 0.5) < 0.01
    assert (twice.share, twice.sudden_share) == (once.share, 0.0)
