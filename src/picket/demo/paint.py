"""Solid parts to pixels: outlines, soft shading and a shadow on the ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from picket.demo.body import Part
from picket.demo.lens import FOCAL_PX, Ball, Pixels, project
from picket.domain.frame import Picture
from picket.domain.geometry import Box

FINE = 2  # drawn so many times larger, then shrunk: smooth edges
# Towards the light: left, up, out of the picture; length 1. Lower than the shadow tells, because
# the bright sky lights from the side as well.
LIGHT = np.array([-0.55, -0.62, 0.56])
AMBIENT = 0.62
SHADOW_PER_M = (0.45, 0.3)  # metres right and back that a point one metre up casts its shadow
SHADOW_STRENGTH = 0.42
_CIRCLE = np.stack([f(np.linspace(0, 2 * np.pi, 24, endpoint=False)) for f in (np.cos, np.sin)], 1)

Color = npt.NDArray[np.float32]
"""BGR 0..255, shape (height, width, 3)."""

Cover = npt.NDArray[np.float32]
"""How much of a pixel is covered, 0..1, shape (height, width)."""


@dataclass(frozen=True, slots=True)
class Sprite:
    """A cut-out to be laid over a picture; its box may stick out of the frame."""

    box: Box
    color: Color  # already multiplied by cover
    cover: Cover


def figure_bounds(parts: Sequence[Part]) -> Box:
    """The smallest box around parts, shadow not counted; may stick out of the frame."""
    return _bounds([_outline(hull) for part in parts for hull in part.hulls], margin_px=0)


def draw_figure(parts: Sequence[Part]) -> Sprite:
    """Paint parts over one another, in the order given."""
    silhouettes = [[_outline(hull) for hull in part.hulls] for part in parts]
    box = _bounds([outline for outlines in silhouettes for outline in outlines], margin_px=2)
    color = np.zeros((box.height * FINE, box.width * FINE, 3), np.float32)
    cover = np.zeros(color.shape[:2], np.float32)
    for part, outlines in zip(parts, silhouettes, strict=True):
        local = [(outline - (box.x1, box.y1)) * FINE for outline in outlines]
        _paint_part(color, cover, local, part)
    size = (box.width, box.height)
    small = cv2.resize(color, size, interpolation=cv2.INTER_AREA)
    return Sprite(
        box,
        small.astype(np.float32),
        cv2.resize(cover, size, interpolation=cv2.INTER_AREA).astype(np.float32),
    )


def draw_shadow(parts: Sequence[Part]) -> Sprite:
    """The soft shadow that parts cast on level ground."""
    outlines = [_shadow_outline(hull) for part in parts for hull in part.hulls]
    box = _bounds(outlines, margin_px=12)
    mask = np.zeros((box.height, box.width), np.uint8)
    for outline in outlines:
        _fill(mask, outline - (box.x1, box.y1))
    soft = cv2.GaussianBlur(mask, (0, 0), 2.5)
    cover = soft.astype(np.float32) * np.float32(SHADOW_STRENGTH / 255)
    return Sprite(box, np.zeros((*cover.shape, 3), np.float32), cover)


def lay_over(picture: Picture, sprite: Sprite) -> None:
    """Blend a sprite into a picture, in place; what sticks out is cut off."""
    height, width = picture.shape[:2]
    inside = sprite.box.clipped(width, height)
    if inside is None:
        return
    rows = slice(inside.y1 - sprite.box.y1, inside.y2 - sprite.box.y1)
    columns = slice(inside.x1 - sprite.box.x1, inside.x2 - sprite.box.x1)
    target = picture[inside.y1 : inside.y2, inside.x1 : inside.x2]
    mixed = target * (1 - sprite.cover[rows, columns, None]) + sprite.color[rows, columns]
    target[:] = np.clip(mixed + 0.5, 0, 255).astype(np.uint8)


def _outline(balls: Sequence[Ball]) -> Pixels:
    """The silhouette of the hull of balls, clockwise or not, shape (n, 2)."""
    points = np.array([[ball.x, ball.y, ball.z] for ball in balls])
    radii = np.array([FOCAL_PX * ball.radius / ball.z for ball in balls])
    rims = project(points)[:, None] + radii[:, None, None] * _CIRCLE
    return _hull(rims.reshape(-1, 2))


def _shadow_outline(balls: Sequence[Ball]) -> Pixels:
    right, back = SHADOW_PER_M
    rims = [
        [ball.x + right * ball.y + ball.radius * u, 0.0, ball.z + back * ball.y + ball.radius * v]
        for ball in balls
        for u, v in _CIRCLE
    ]
    return _hull(project(np.array(rims)))


def _hull(points: Pixels) -> Pixels:
    hull = cv2.convexHull(points.astype(np.float32))
    return hull.reshape(-1, 2).astype(np.float64)


def _bounds(outlines: Sequence[Pixels], *, margin_px: int) -> Box:
    points = np.concatenate(outlines)
    x1, y1 = np.floor(points.min(axis=0)).astype(int) - margin_px
    x2, y2 = np.ceil(points.max(axis=0)).astype(int) + margin_px
    return Box(int(x1), int(y1), int(x2), int(y2))


def _fill(mask: npt.NDArray[np.uint8], outline: Pixels) -> None:
    fixed_point = np.round(outline * 16).astype(np.int32)
    cv2.fillConvexPoly(mask, fixed_point, 255, cv2.LINE_AA, shift=4)


def _paint_part(color: Color, cover: Cover, outlines: Sequence[Pixels], part: Part) -> None:
    box = _bounds(outlines, margin_px=1)
    mask = np.zeros((box.height, box.width), np.uint8)
    for outline in outlines:
        _fill(mask, outline - (box.x1, box.y1))
    radius_px = FINE * max(FOCAL_PX * b.radius / b.z for hull in part.hulls for b in hull)
    lit = _light(mask, radius_px)[..., None] * np.array(part.color, np.float32)
    alpha = mask.astype(np.float32) / 255
    area = (slice(box.y1, box.y2), slice(box.x1, box.x2))
    color[area] = color[area] * (1 - alpha[..., None]) + lit * alpha[..., None]
    cover[area] = cover[area] * (1 - alpha) + alpha


def _light(mask: npt.NDArray[np.uint8], radius_px: float) -> Cover:
    """Brightness of a shape blown up like a cushion: its slope at the rim is that of a ball.

    Source: Johnston 2002, "Lumo: Illumination for Cel Animation", for lighting flat outlines.
    """
    depth = np.minimum(cv2.distanceTransform(mask, cv2.DIST_L2, cv2.DIST_MASK_PRECISE), radius_px)
    height = cv2.GaussianBlur(
        np.sqrt(depth * (2 * radius_px - depth)), (0, 0), 0.5 + 0.08 * radius_px
    )
    slope_x = cv2.Sobel(height, cv2.CV_32F, 1, 0, scale=1 / 8)
    slope_y = cv2.Sobel(height, cv2.CV_32F, 0, 1, scale=1 / 8)
    toward = -slope_x * LIGHT[0] - slope_y * LIGHT[1] + LIGHT[2]
    facing = np.maximum(toward / np.sqrt(slope_x**2 + slope_y**2 + 1), 0)
    light: Cover = (AMBIENT + (1.25 - AMBIENT) * facing).astype(np.float32)
    return light
