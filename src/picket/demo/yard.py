"""The empty yard: sky, trees, hedge, lawn and path."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from picket.demo.house import draw_house
from picket.demo.texture import Canvas, Plane, grain, ground, mix, rise, tint, upright, within
from picket.demo.walk import START_X, START_Z, STOP_X, STOP_Z
from picket.domain.frame import Picture

HEDGE_Z, HEDGE_HEIGHT_M = 9.4, 0.95
PAVEMENT_Z = 5.55  # before it, slabs across the whole picture
DOOR_PATH_X = (0.7, 2.3)
SIDE_PATH_HALF_M = 0.75  # on both sides of the visitor's course
SLAB_M = 0.6


@lru_cache(maxsize=1)
def render_yard() -> Picture:
    """The picture without anybody in it; shared, so never write to it."""
    canvas = draw_house(_hedge(_ground_cover(_trees(_sky()))))
    picture: Picture = np.clip(canvas + 0.5, 0, 255).astype(np.uint8)
    picture.setflags(write=False)
    return picture


def _sky() -> Canvas:
    x, y = upright(100.0)
    haze = rise(y, 10.0, 30.0)
    blue = mix(tint((236, 226, 212), np.ones_like(y)), tint((224, 178, 128), np.ones_like(y)), haze)
    clouds = rise(grain(x / 2.2, y / 0.8, seed=1), 0.25, 1.4)
    return mix(blue, tint((248, 246, 243), np.ones_like(y)), clouds * 0.75)


def _trees(canvas: Canvas) -> Canvas:
    """Two rows of far trees, the farther one in more haze."""
    for distance_m, top_m, color, seed in (
        (70.0, 7.5, (196, 198, 182), 2),
        (34.0, 4.6, (138, 170, 150), 3),
    ):
        x, y = upright(distance_m)
        crown = grain(x / 1.1, np.zeros_like(y), seed) * 0.9 + grain(x / 0.2, y / 0.2, seed) * 0.25
        cover = rise(top_m + crown - y, 0.0, 0.25)
        leaves = 1 + 0.05 * grain(x / 0.12, y / 0.12, seed + 10) + 0.012 * (y - top_m)
        canvas = mix(canvas, tint(color, leaves), cover)
    return canvas


def _hedge(canvas: Canvas) -> Canvas:
    x, y = upright(HEDGE_Z)
    leaves = grain(x / 0.022, y / 0.022, seed=4)
    clumps = grain(x / 0.12, y / 0.12, seed=5)
    top = HEDGE_HEIGHT_M + 0.03 * clumps + 0.015 * leaves
    cover = rise(top - y, 0.0, 0.03) * rise(y, 0.0, 0.05)
    light = 0.84 + 0.2 * rise(y, 0.6, 1.0) + 0.035 * leaves + 0.03 * clumps
    return mix(canvas, tint((100, 172, 142), light), cover)


def _ground_cover(canvas: Canvas) -> Canvas:
    x, z = ground()
    cover = _lawn(x, z)
    ragged = 0.012 * grain(x / 0.03, z / 0.03, seed=8)
    along, aside = _from_course(x, z)
    side = within(aside + ragged, -SIDE_PATH_HALF_M, SIDE_PATH_HALF_M, 0.03)
    cover = mix(cover, _slabs(along, aside + SIDE_PATH_HALF_M, 0.5), side)
    door = within(x + ragged, *DOOR_PATH_X, 0.03)
    cover = mix(cover, _slabs(z, x - DOOR_PATH_X[0], 0.4), door)
    cover = mix(cover, _slabs(x, z - PAVEMENT_Z, 0.7), 1 - rise(z + ragged, PAVEMENT_Z, 0.02))
    return mix(canvas, cover, rise(-z, -HEDGE_Z - 1.0, 0.1))


def _from_course(x: Plane, z: Plane) -> tuple[Plane, Plane]:
    """Metres along the visitor's course and to the side of it."""
    length = math.hypot(STOP_X - START_X, STOP_Z - START_Z)
    toward_x, toward_z = (STOP_X - START_X) / length, (STOP_Z - START_Z) / length
    from_x, from_z = x - START_X, z - START_Z
    return from_x * toward_x + from_z * toward_z, from_z * toward_x - from_x * toward_z


def _lawn(x: Plane, z: Plane) -> Canvas:
    blades = grain(x / 0.012, z / 0.03, seed=6)
    patches = grain(x / 0.25, z / 0.25, seed=7)
    foot_of_hedge = 1 - 0.35 * rise(z, HEDGE_Z - 0.25, 0.7)
    fresh = tint((76, 156, 128), (1 + 0.06 * blades + 0.05 * patches) * foot_of_hedge)
    dry = tint((96, 168, 152), 1 + 0.06 * blades)
    return mix(fresh, dry, 0.6 * rise(patches, 0.8, 2.0))


def _slabs(along: Plane, aside: Plane, size_m: float) -> Canvas:
    """Square slabs in rows, every other row shifted by half a slab."""
    row = aside / size_m
    place = along / size_m + 0.5 * np.mod(np.floor(row), 2)
    joint = np.minimum(_to_joint(row), _to_joint(place)) * size_m
    tone = np.mod(np.sin(np.floor(row) * 12.99 + np.floor(place) * 78.23) * 437.6, 1.0) - 0.5
    stone = 1 + 0.09 * tone + 0.03 * grain(along / 0.02, aside / 0.02, seed=9)
    worn = 0.04 * grain(along / 0.3, aside / 0.3, seed=10)
    slabs = tint((178, 188, 194), stone + worn)
    return mix(tint((120, 140, 142), np.ones_like(row)), slabs, rise(joint, 0.014, 0.014))


def _to_joint(position: Plane) -> Plane:
    """Distance to the nearest whole number."""
    return np.abs(position - np.round(position))
