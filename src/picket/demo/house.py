"""The front of the house: boards, roof, door, window and what stands before them."""

from __future__ import annotations

import itertools

import numpy as np

from picket.demo.texture import Canvas, Plane, grain, ground, mix, rise, tint, upright, within

WALL_Z = 8.5
LEFT_X = -1.3  # the house goes on beyond the right edge
EAVES_M = 2.62
PLINTH_M = 0.3
BOARD_M = 0.17

WHITE = (228, 233, 235)
Rectangle = tuple[float, float, float, float]
"""(x1, y1, x2, y2) on the wall in metres, y upwards."""

DOOR: Rectangle = (1.05, 0.1, 1.95, 2.12)
WINDOW: Rectangle = (2.95, 0.95, 4.45, 2.1)


def draw_house(canvas: Canvas) -> Canvas:
    """Add the house to the picture of the yard."""
    x, y = upright(WALL_Z)
    canvas = _foot(canvas)
    canvas = mix(canvas, _boards(x, y), within(y, 0.0, 4.0) * rise(x, LEFT_X, 0.012))
    canvas = _roof(canvas)
    canvas = _door(canvas, x, y)
    return _lamp(_window(canvas, x, y), x, y)


def _inside(x: Plane, y: Plane, rectangle: Rectangle, grow_m: float = 0.0) -> Plane:
    x1, y1, x2, y2 = rectangle
    return within(x, x1 - grow_m, x2 + grow_m, 0.01) * within(y, y1 - grow_m, y2 + grow_m, 0.01)


def _plain(like: Plane, color: tuple[float, float, float]) -> Canvas:
    return tint(color, np.ones_like(like))


def _foot(canvas: Canvas) -> Canvas:
    """The ground near the wall gets less light."""
    x, z = ground()
    near = rise(z, WALL_Z - 0.2, 0.9) * rise(x, LEFT_X - 0.1, 0.4) * (1 - rise(z, WALL_Z, 0.01))
    return canvas * (1 - 0.4 * near[..., None])


def _boards(x: Plane, y: Plane) -> Canvas:
    in_board = np.mod(y / BOARD_M, 1.0)
    board = np.floor(y / BOARD_M)
    wood = 0.012 * grain(x / 0.12, y / 0.01, seed=21) + 0.02 * grain(x / 0.5, y / 0.5, seed=22)
    lap = 1 - 0.14 * (1 - rise(in_board, 0.09, 0.1)) + 0.03 * in_board
    tone = 0.012 * np.sin(board * 2.4)
    eaves_shadow = 1 - 0.36 * rise(y, EAVES_M - 0.42, 0.16)
    wall = tint((196, 212, 218), (lap + wood + tone) * eaves_shadow)
    stone = tint((138, 144, 148), 1 + 0.05 * grain(x / 0.02, y / 0.02, seed=23))
    wall = mix(stone, wall, rise(y, PLINTH_M, 0.012))
    corner = within(x, LEFT_X, LEFT_X + 0.12, 0.01) * rise(y, PLINTH_M, 0.012)
    return mix(wall, tint(WHITE, eaves_shadow), corner)


def _roof(canvas: Canvas) -> Canvas:
    """Rows of tiles above a gutter; it hangs half a metre over the wall."""
    x, y = upright(WALL_Z - 0.5)
    over = rise(x, LEFT_X - 0.25, 0.012)
    row = (y - EAVES_M) / 0.11
    column = x / 0.2 + 0.5 * np.mod(np.floor(row), 2)
    arch = 0.88 + 0.12 * np.abs(np.sin(np.pi * column))
    lap = 0.84 + 0.16 * rise(np.mod(row, 1.0), 0.2, 0.25)
    mottled = 1 + 0.05 * grain(x / 0.06, y / 0.06, seed=24)
    tiles = tint((84, 92, 128), arch * lap * mottled)
    canvas = mix(canvas, tiles, over * rise(y, EAVES_M + 0.08, 0.012))
    gutter = tint((205, 208, 208), 0.75 + 0.3 * rise(y, EAVES_M + 0.04, 0.08))
    return mix(canvas, gutter, over * within(y, EAVES_M, EAVES_M + 0.1, 0.012))


def _door(canvas: Canvas, x: Plane, y: Plane) -> Canvas:
    x1, _, x2, y2 = DOOR
    frame = _inside(x, y, (x1, 0.0, x2, y2), 0.1) * rise(y, 0.0, 0.01)
    canvas = mix(canvas, _plain(x, WHITE), frame)
    wood = 1 + 0.03 * grain(x / 0.012, y / 0.2, seed=25)
    canvas = mix(canvas, tint((112, 122, 62), wood), _inside(x, y, DOOR))
    for left, low in itertools.product((x1 + 0.12, x1 + 0.5), (0.25, 0.87)):
        panel = (left, low, left + 0.28, low + 0.5)
        canvas = mix(canvas, tint((86, 94, 46), wood), _inside(x, y, panel))
        canvas = mix(canvas, tint((118, 128, 68), wood), _inside(x, y, panel, -0.025))
    light = (x1 + 0.12, 1.5, x2 - 0.12, 1.95)
    canvas = mix(canvas, _plain(x, (70, 78, 40)), _inside(x, y, light, 0.02))
    canvas = mix(canvas, _glass(x, y), _inside(x, y, light))
    knob = 1 - rise(np.hypot(x - x2 + 0.09, y - 1.08), 0.035, 0.012)
    canvas = mix(canvas, _plain(x, (120, 190, 214)), knob)
    step = within(x, x1 - 0.25, x2 + 0.25, 0.01) * within(y, -0.12, 0.1, 0.01)
    return mix(canvas, tint((168, 174, 178), 0.72 + 0.28 * rise(y, 0.04, 0.02)), step)


def _glass(x: Plane, y: Plane) -> Canvas:
    """A dark room behind a pane that mirrors the sky at a slant."""
    mirrored = rise(np.mod(x * 0.9 + y * 0.6, 1.4), 0.75, 0.5) * 0.4 + 0.12 * y
    return mix(_plain(x, (74, 66, 58)), _plain(x, (226, 204, 178)), np.clip(mirrored, 0, 1))


def _window(canvas: Canvas, x: Plane, y: Plane) -> Canvas:
    x1, y1, x2, y2 = WINDOW
    canvas = mix(canvas, _plain(x, WHITE), _inside(x, y, WINDOW, 0.09))
    canvas = mix(canvas, _glass(x, y), _inside(x, y, WINDOW))
    bars = np.maximum(
        within(x, (x1 + x2) / 2 - 0.025, (x1 + x2) / 2 + 0.025, 0.01),
        within(y, (y1 + y2) / 2 + 0.18, (y1 + y2) / 2 + 0.22, 0.01),
    )
    canvas = mix(canvas, _plain(x, WHITE), bars * _inside(x, y, WINDOW))
    box = (x1 - 0.05, y1 - 0.3, x2 + 0.05, y1 - 0.08)
    canvas = mix(canvas, tint((58, 84, 112), 0.9 + 0.5 * (y - box[1])), _inside(x, y, box))
    return _flowers(canvas, x, y, box)


def _flowers(canvas: Canvas, x: Plane, y: Plane, box: Rectangle) -> Canvas:
    x1, _, x2, y2 = box
    leaves = grain(x / 0.018, y / 0.018, seed=26)
    tops = y2 + 0.09 + 0.05 * grain(x / 0.07, np.zeros_like(y), seed=27) + 0.02 * leaves
    cover = within(x, x1 + 0.02, x2 - 0.02) * rise(y, y2 - 0.04, 0.02) * rise(tops - y, 0.0, 0.02)
    canvas = mix(canvas, tint((62, 128, 88), 0.9 + 0.12 * leaves), cover)
    blossoms = rise(grain(x / 0.03, y / 0.03, seed=28), 0.75, 0.3)
    return mix(canvas, _plain(x, (92, 74, 214)), cover * blossoms)


def _lamp(canvas: Canvas, x: Plane, y: Plane) -> Canvas:
    """A lantern and the number of the house, to the right of the door."""
    canvas = mix(canvas, _plain(x, (52, 50, 48)), _inside(x, y, (2.25, 1.68, 2.41, 2.0)))
    canvas = mix(canvas, _plain(x, (190, 224, 240)), _inside(x, y, (2.275, 1.73, 2.385, 1.95)))
    canvas = mix(canvas, _plain(x, (120, 66, 40)), _inside(x, y, (2.2, 1.3, 2.46, 1.46)))
    return mix(canvas, _plain(x, WHITE), _inside(x, y, (2.27, 1.34, 2.39, 1.42)))
