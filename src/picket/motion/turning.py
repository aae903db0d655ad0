"""How a picture moved as a whole, because the camera did."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from picket.domain.frame import Gray
from picket.domain.gaze import Shift
from picket.motion.picture import average

COPY_HEIGHT = 180
"""Lines of the copy that is compared: a third of a pixel there is one or two of the frame."""
UNCHANGED_LUMA = 1.0
"""Mean difference of two pictures that show the same: what encoders and sensors do."""
MOST_POINTS, POINT_QUALITY, POINT_GAP_PX = 200, 0.01, 7
FEWEST_POINTS = 8
"""Of two points one may lie on somebody who walks."""
WINDOW_PX, LEVELS = 15, 2
"""Flow is looked for so far around the guess, in a copy of a quarter at most."""
OFF_PX = 1.0
"""A point that lands further from where the others lead does not belong to the background."""
AGREEING_SHARE = 0.4
"""Of the points; with fewer it is not the camera that moved, or nobody knows how."""
LARGEST_SCALE = 1.5
"""No camera zooms by more from one frame to the next."""
GUESSED_SCALES = (1.0, 1.12, 1 / 1.12, 1.25, 1 / 1.25)
"""Tried in turn until the points agree, as they do within a tenth of the right one."""

SURROUNDINGS, FAINTEST_LUMA = (25, 25), 4.0
"""Pixels of the copy to which a pixel is compared, and differences that are noise."""

Level = npt.NDArray[np.float32]
"""Differences from the surroundings in their spread, shape (height, width)."""

Points = npt.NDArray[np.float32]
"""Rows of x, y in pixels of the copy, shape (n, 1, 2)."""


def small_copy(luma: Gray) -> Gray:
    """The frame with `COPY_HEIGHT` lines at most."""
    height, width = luma.shape
    if height <= COPY_HEIGHT:
        return luma.copy()
    return average(luma, max(round(width * COPY_HEIGHT / height), 1), COPY_HEIGHT)


def measure_shift(before: Gray, now: Gray) -> Shift | None:
    """How the content of one picture moved to the next, in their pixels; None when it is unknown.

    Phase correlation guesses, however far the camera went; the flow of well marked points around
    that guess says it exactly, and many of them must agree: who walks is left out. A picture that
    zooms scales about its middle, which is guessed when a turn alone explains too few. Where
    walkers are all that is marked, the guess must do.

    Args:
        before: uint8, shape (height, width).
        now: same shape.

    Source: Kuglin and Hines 1975, "The phase correlation image alignment method"; Lucas and
    Kanade 1981; Fischler and Bolles 1981, "Random sample consensus".
    """
    if float(cv2.absdiff(before, now).mean()) < UNCHANGED_LUMA:
        return Shift()
    level_now = _levelled(now)
    turn: Shift | None = None
    for scale in GUESSED_SCALES:
        zoom = _about_middle(scale, before)
        scaled = _scaled(before, zoom)
        level = _levelled(scaled)
        points: Any = cv2.goodFeaturesToTrack(level, MOST_POINTS, POINT_QUALITY, POINT_GAP_PX)
        if points is None or len(points) < FEWEST_POINTS:  # a plain wall has none
            return turn
        guess = _correlate(level, level_now)
        turn = turn or Shift(1.0, *guess)
        for first in (guess, (0.0, 0.0)):
            rest = _follow_points(scaled, now, points.astype(np.float32), first)
            if rest is not None:
                return zoom.then(rest)
    return turn


def _about_middle(scale: float, picture: Gray) -> Shift:
    """What a zoom alone does."""
    height, width = picture.shape
    return Shift(scale, (1 - scale) * width / 2, (1 - scale) * height / 2)


def _scaled(picture: Gray, zoom: Shift) -> Gray:
    """The picture after that; what it did not show is as its border."""
    if zoom.scale == 1:
        return picture
    matrix = np.array([[zoom.scale, 0, zoom.dx], [0, zoom.scale, zoom.dy]])
    size = (picture.shape[1], picture.shape[0])
    return cv2.warpAffine(picture, matrix, size, borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)


def _levelled(picture: Gray) -> Level:
    """The picture with the same contrast everywhere: whoever walks in white counts by his size."""
    apart = picture.astype(np.float32) - cv2.blur(picture, SURROUNDINGS).astype(np.float32)
    spread = np.sqrt(cv2.blur(apart * apart, SURROUNDINGS)) + FAINTEST_LUMA
    return (apart / spread).astype(np.float32)


def _correlate(before: Level, now: Level) -> tuple[float, float]:
    size = (before.shape[1], before.shape[0])
    window = cv2.createHanningWindow(size, cv2.CV_32F).astype(np.float32)
    (dx, dy), _ = cv2.phaseCorrelate(before, now, window)
    return dx, dy


def _follow_points(
    before: Gray, now: Gray, start: Points, guess: tuple[float, float]
) -> Shift | None:
    """The shift that most points agree on, from a first guess in pixels."""
    ahead = start + np.array(guess, np.float32)
    is_shown = ((ahead >= 0) & (ahead < before.shape[::-1])).all(axis=2).ravel()
    start, ahead = start[is_shown], ahead[is_shown]
    if len(start) < FEWEST_POINTS:
        return None
    end, is_found, _ = cv2.calcOpticalFlowPyrLK(
        before,
        now,
        start,
        ahead,
        winSize=(WINDOW_PX, WINDOW_PX),
        maxLevel=LEVELS,
        flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
    )
    found = is_found.ravel() == 1
    if np.count_nonzero(found) < FEWEST_POINTS:
        return None
    matrix, agreeing = cv2.estimateAffinePartial2D(
        start[found], end[found], method=cv2.RANSAC, ransacReprojThreshold=OFF_PX
    )
    if matrix is None or np.count_nonzero(agreeing) < AGREEING_SHARE * len(start):
        return None
    kept = agreeing.ravel() == 1
    return _fit_shift(start[found][kept, 0], end[found][kept, 0])


def _fit_shift(start: npt.NDArray[Any], end: npt.NDArray[Any]) -> Shift | None:
    """The scale and shift of least squares: cameras do not turn about their axis.

    Args:
        start: rows of x, y, shape (n, 2).
        end: where they are in the next picture, same shape.
    """
    from_middle, to_middle = start.mean(axis=0), end.mean(axis=0)
    apart = start - from_middle
    spread = float((apart * apart).sum())
    scale = float((apart * (end - to_middle)).sum()) / spread if spread else 0.0
    if not 1 / LARGEST_SCALE <= scale <= LARGEST_SCALE:
        return None
    dx, dy = to_middle - scale * from_middle
    return Shift(scale, float(dx), float(dy))
