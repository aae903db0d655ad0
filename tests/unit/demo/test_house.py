from __future__ import annotations

import numpy as np
import pytest

from picket.demo.house import DOOR, LEFT_X, WALL_Z, WINDOW, draw_house
from picket.demo.lens import HEIGHT_PX, WIDTH_PX, project
from picket.demo.texture import Canvas


@pytest.fixture(scope="module")
def house() -> Canvas:
    return draw_house(np.zeros((HEIGHT_PX, WIDTH_PX, 3), np.float32))


def test_the_house_covers_only_its_side_of_the_picture(house: Canvas) -> None:
    ((left, _),) = project(np.array([[LEFT_X - 0.3, 0.0, WALL_Z - 0.5]]))
    assert not house[:, : int(left)].any()
    assert house[50:430, 520:].min() > 10


def test_door_wall_and_pane_differ(house: Canvas) -> None:
    places = [((DOOR[0] + DOOR[2]) / 2, 0.5), (0.0, 1.0), (WINDOW[0] + 0.3, 1.3)]
    pixels = project(np.array([[x, y, WALL_Z] for x, y in places])).astype(int)
    door, wall, pane = (house[row, column] for column, row in pixels)
    assert wall.min() > 170
    assert door[1] > door[2] + 30  # green
    assert pane.mean() < wall.mean() - 40
