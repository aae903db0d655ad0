"""Grain, tints and edges from which the yard is made; every function is pure."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from picket.demo.lens import EYE_HEIGHT_M, FOCAL_PX, HEIGHT_PX, HORIZON_PX, WIDTH_PX

Plane = npt.NDArray[np.floating[Any]]
"""One number per pixel of the frame, shape (HEIGHT_PX, WIDTH_PX)."""

Canvas = npt.NDArray[np.floating[Any]]
"""BGR 0..255 before rounding, shape (HEIGHT_PX, WIDTH_PX, 3)."""

TILE = 1024  # side of the grain tile in samples
SAMPLES_PER_UNIT = 2


def grain(u: Plane, v: Plane, seed: int) -> Plane:
    """Random but smooth numbers over a surface, mean 0, spread 1, finest detail about one unit.

    Args:
        u: first coordinate of the surface; one unit is the size of the finest grains.
        v: second coordinate.
        seed: where on the tile to begin; another seed, another pattern.
    """
    start_u, start_v = np.random.default_rng(seed).uniform(0, TILE, 2)
    at_u = np.mod(u * SAMPLES_PER_UNIT + start_u, TILE).astype(np.float32)
    at_v = np.mod(v * SAMPLES_PER_UNIT + start_v, TILE).astype(np.float32)
    return np.asarray(cv2.remap(_grain_tile(), at_u, at_v, cv2.INTER_LINEAR), np.float32)


@lru_cache(maxsize=1)
def _grain_tile() -> Plane:
    """White noise, filtered so that every octave from 1 to 32 units is equally strong.

    Filtering by Fourier transform makes it repeat without a seam; one more row and column let
    the interpolation see the repetition.
    """
    noise = np.random.default_rng(0).standard_normal((TILE, TILE))
    frequency = np.hypot(np.fft.fftfreq(TILE)[:, None], np.fft.rfftfreq(TILE)[None])
    frequency *= SAMPLES_PER_UNIT  # cycles per unit
    heard = (frequency > 1 / 32) & (frequency < 0.6)
    gain = np.where(heard, 1 / np.maximum(frequency, 1e-6), 0.0)
    tile = np.fft.irfft2(np.fft.rfft2(noise) * gain, s=(TILE, TILE))
    return np.pad(tile / tile.std(), (0, 1), mode="wrap").astype(np.float32)


def upright(distance_m: float) -> tuple[Plane, Plane]:
    """For each pixel the point (x right, y up; metres) of a wall that faces the camera."""
    columns, rows = _pixels()
    across = (columns - WIDTH_PX / 2) * (distance_m / FOCAL_PX)
    return across, EYE_HEIGHT_M - (rows - HORIZON_PX) * (distance_m / FOCAL_PX)


def ground() -> tuple[Plane, Plane]:
    """For each pixel the point (x right, z away; metres) of the ground; z is large above it."""
    columns, rows = _pixels()
    away = FOCAL_PX * EYE_HEIGHT_M / np.maximum(rows - HORIZON_PX, 1.0)
    return (columns - WIDTH_PX / 2) * away / FOCAL_PX, away


def rise(values: Plane, edge: float, softness: float) -> Plane:
    """0 below the edge, 1 above it, with a soft step so wide."""
    share: Plane = np.clip((values - edge) / softness + 0.5, 0, 1)
    return share * share * (3 - 2 * share)


def within(values: Plane, low: float, high: float, softness: float = 0.02) -> Plane:
    """1 between two edges, 0 outside."""
    return rise(values, low, softness) * (1 - rise(values, high, softness))


def tint(color: tuple[float, float, float], brightness: Plane) -> Canvas:
    """A colour, made darker or lighter per pixel."""
    return brightness[..., None] * np.array(color, np.float32)


def mix(below: Canvas, above: Canvas, cover: Plane) -> Canvas:
    """Lay one canvas over another; cover is 0..1."""
    return below + (above - below) * cover[..., None]


def _pixels() -> tuple[Plane, Plane]:
    rows, columns = np.indices((HEIGHT_PX, WIDTH_PX), np.float32) + np.float32(0.5)
    return columns, rows
