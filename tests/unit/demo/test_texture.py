from __future__ import annotations

import numpy as np
import pytest

from picket.demo.lens import EYE_HEIGHT_M, HEIGHT_PX, HORIZON_PX, WIDTH_PX, project
from picket.demo.texture import grain, ground, mix, rise, tint, upright, within


def test_grain_has_mean_zero_and_spread_one() -> None:
    u, v = np.meshgrid(np.arange(500, dtype=np.float32), np.arange(500, dtype=np.float32))
    values = grain(u, v, seed=1)
    assert values.mean() == pytest.approx(0, abs=0.05)
    assert values.std() == pytest.approx(1, abs=0.1)


def test_grain_is_smooth_also_where_its_tile_repeats() -> None:
    u = np.arange(0, 1200, 0.1, dtype=np.float32)[None]
    steps = np.abs(np.diff(grain(u, np.zeros_like(u), seed=3)))
    assert steps.max() < 0.6


def test_another_seed_is_another_pattern() -> None:
    u = np.arange(200, dtype=np.float32)[None]
    v = np.zeros_like(u)
    assert np.array_equal(grain(u, v, seed=1), grain(u, v, seed=1))
    assert not np.allclose(grain(u, v, seed=1), grain(u, v, seed=2), atol=0.5)


def test_a_wall_and_the_lens_agree_where_a_point_is() -> None:
    x, y = upright(8.5)
    ((column, row),) = project(np.array([[float(x[300, 900]), float(y[300, 900]), 8.5]]))
    assert (column, row) == pytest.approx((900.5, 300.5), abs=0.01)


def test_the_ground_and_the_lens_agree_where_a_point_is() -> None:
    x, z = ground()
    ((column, row),) = project(np.array([[float(x[600, 100]), 0.0, float(z[600, 100])]]))
    assert (column, row) == pytest.approx((100.5, 600.5), abs=0.01)
    assert x.shape == (HEIGHT_PX, WIDTH_PX)
    assert z[int(HORIZON_PX) - 1].min() > 100 * EYE_HEIGHT_M


def test_edges_are_soft() -> None:
    values = np.array([[-1.0, 0.0, 0.5, 1.0, 9.0]])
    assert rise(values, 0.5, 1.0).tolist() == [[0.0, 0.0, 0.5, 1.0, 1.0]]
    assert within(values, -0.5, 2.0).tolist() == [[0.0, 1.0, 1.0, 1.0, 0.0]]


def test_mixing_lays_the_second_over_the_first() -> None:
    ones = np.ones((1, 1), np.float32)
    half = mix(tint((0, 0, 100), ones), tint((100, 0, 0), ones), ones / 2)
    assert half.tolist() == [[[50.0, 0.0, 50.0]]]
