from __future__ import annotations

import numpy as np

from picket.motion.contrast import HISTORY_FRAMES, measure_levels, remember_levels, stretch


def ramp(low: int, high: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    return np.tile(np.linspace(low, high, 200).astype(np.uint8), (100, 1))


def test_levels_are_the_4th_and_96th_percentile() -> None:
    dark, bright = measure_levels(ramp(0, 200), None)
    assert abs(dark - 8) <= 1
    assert abs(bright - 192) <= 1


def test_hidden_pixels_do_not_count() -> None:
    luma = np.full((100, 100), 50, np.uint8)
    luma[:, 50:75] = 60
    luma[:, 75:] = 255
    hidden = np.zeros_like(luma)
    hidden[:, 75:] = 255
    assert measure_levels(luma, hidden) == (50, 60)


def test_a_single_tone_teaches_nothing() -> None:
    assert remember_levels(((1, 9),), (7, 7)) == ((1, 9),)


def test_only_the_newest_frames_are_remembered() -> None:
    history = tuple((n, 255) for n in range(HISTORY_FRAMES))
    assert remember_levels(history, (99, 255)) == (*history[1:], (99, 255))


def test_a_dull_picture_is_stretched_over_the_whole_range() -> None:
    stretched = stretch(ramp(100, 140), ((100, 140),))
    assert (stretched.min(), stretched.max()) == (0, 255)


def test_without_levels_the_picture_stays_as_it_is() -> None:
    picture = ramp(10, 20)
    assert stretch(picture, ()) is picture
