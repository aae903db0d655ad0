"""When a camera is at home, away or turning, by what it is told and what it shows."""

from __future__ import annotations

import numpy as np
import pytest

from picket.domain.frame import Frame
from picket.domain.gaze import View
from picket.pipeline.gaze import PATIENCE_S, SETTLE_S, Gaze, Turn, hear_gaze, step_gaze
from tests.unit.motion.test_turning import HEIGHT, WIDTH, closer, window

FPS = 5


def show(gaze: Gaze, number: int, x: int = 0, scale: float = 1.0) -> tuple[Gaze, Turn]:
    yuv = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
    yuv[:HEIGHT] = window(x, 0) if scale == 1 else closer(scale, x, 0)
    return step_gaze(gaze, Frame(number / FPS, yuv))


def away() -> Gaze:
    """Told to be away since a while, in a picture that stands."""
    gaze, _ = show(Gaze(), 0)
    gaze = hear_gaze(gaze, is_home=False)
    for number in range(1, 4):
        gaze, _ = show(gaze, number)
    return gaze


def test_at_home_a_picture_that_moves_is_no_turn() -> None:
    gaze, _ = show(Gaze(), 0)
    gaze, turn = show(gaze, 1, x=40)
    assert (gaze.view, turn) == (View.HOME, Turn())


def test_a_turn_is_handed_on_and_added_up() -> None:
    gaze, turn = show(away(), 4, x=32)
    assert turn.shift is not None
    assert turn.shift.dx == pytest.approx(-32, abs=1)
    gaze, _ = show(gaze, 5, x=64)
    assert gaze.view is View.TURNING
    assert gaze.turned_x == pytest.approx(-64 / WIDTH, abs=0.01)
    assert gaze.turned_y == pytest.approx(0, abs=0.01)


def test_a_zoom_enlarges_what_it_turned_before() -> None:
    gaze, _ = show(away(), 4, x=32)
    gaze, turn = show(gaze, 5, x=32, scale=1.25)
    assert turn.shift is not None
    assert turn.shift.scale == pytest.approx(1.25, abs=0.015)
    gaze, _ = show(gaze, 6, x=32, scale=1.5)
    assert gaze.enlarged == pytest.approx(1.5, abs=0.03)
    assert gaze.turned_x == pytest.approx(-32 * 1.5 / WIDTH, abs=0.015)


def test_a_picture_that_stands_again_is_away() -> None:
    gaze, _ = show(away(), 4, x=32)
    for number in (5, 6):
        gaze, turn = show(gaze, number, x=32)
        assert turn.shift is None
    assert gaze.view is View.AWAY


def test_home_is_believed_when_the_picture_had_time_to_show_it() -> None:
    gaze = hear_gaze(away(), is_home=True)
    views: list[tuple[View, bool]] = []
    while gaze.view is not View.HOME:
        gaze, turn = show(gaze, 4 + len(views))
        views.append((gaze.view, turn.has_come_home))
    assert views[:-1] == [(View.AWAY, False)] * (len(views) - 1)
    assert views[-1] == (View.HOME, True)
    assert len(views) - 1 >= SETTLE_S * FPS
    assert gaze.turned_x == 0


def test_a_camera_that_still_turns_is_not_home_but_does_not_turn_for_ever() -> None:
    gaze, number = hear_gaze(away(), is_home=True), 4
    while gaze.view is not View.HOME:
        gaze, _ = show(gaze, number, x=40 if number % 2 else -40)
        number += 1
    assert (number - 1 - 4) / FPS >= PATIENCE_S


def test_the_same_news_twice_changes_nothing() -> None:
    gaze = hear_gaze(away(), is_home=True)
    gaze, _ = show(gaze, 4)
    assert hear_gaze(gaze, is_home=True) is gaze


def test_whoever_leaves_again_on_the_way_home_is_away() -> None:
    gaze = hear_gaze(hear_gaze(away(), is_home=True), is_home=False)
    for number in range(4, 40):
        gaze, _ = show(gaze, number)
    assert gaze.view is View.AWAY
