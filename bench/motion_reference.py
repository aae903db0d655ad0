"""The running average that motion is measured against: Frigate 0.13's rules, Picket's first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from picket.domain.frame import Gray
from picket.domain.geometry import Box
from picket.motion.motion import Motion
from picket.motion.rules import MotionRules

Levels = tuple[tuple[int, int], ...]
"""The dark and the bright level of the last frames, luma 0..255, oldest first."""

HISTORY_FRAMES = 50
DARK_SHARE = 0.04
BRIGHT_SHARE = 0.96


def measure_levels(luma: Gray, hidden: Gray | None) -> tuple[int, int]:
    """The 4th and 96th percentile of the pixels that are watched.

    Args:
        luma: uint8, shape (height, width).
        hidden: 255 for pixels that do not count, same shape; None when all do.
    """
    watched = None if hidden is None else cv2.bitwise_not(hidden)
    counts = cv2.calcHist([luma], [0], watched, [256], [0, 256]).ravel()
    total = counts.cumsum()
    dark, bright = np.searchsorted(total, (DARK_SHARE * total[-1], BRIGHT_SHARE * total[-1]))
    return int(dark), int(bright)


def remember_levels(history: Levels, levels: tuple[int, int]) -> Levels:
    """The history with one more frame; a picture of a single tone teaches nothing."""
    if levels[0] >= levels[1]:
        return history
    return (*history[-(HISTORY_FRAMES - 1) :], levels)


def stretch(luma: Gray, history: Levels) -> Gray:
    """The picture with the mean levels of the history moved to 0 and 255, uint8, same shape."""
    if not history:
        return luma
    dark, bright = np.mean(np.asarray(history, np.float32), axis=0)
    tones = (np.arange(256, dtype=np.float32) - dark) * (255.0 / (bright - dark))
    return cv2.LUT(luma, tones.clip(0, 255).astype(np.uint8)).astype(np.uint8, copy=False)


CALM_SHARE = 0.05
"""Below this share of moving picture, calibration ends …"""
CALM_BOXES = 4
"""… when there are no more boxes than this."""
CALIBRATING_ALPHA = 0.2
PATIENCE_FRAMES = 10
"""Motion that lasts so long begins to sink into the background; a flash never does."""

Background = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class AverageState:
    """What is remembered between frames; the empty value is the start."""

    background: Background | None = None  # float32 luma 0..255, shape of the small copy
    levels: Levels = ()
    moving_frames: int = 0  # frames in a row with motion
    is_calibrating: bool = True


def find_by_average(
    state: AverageState, luma: Gray, rules: MotionRules
) -> tuple[AverageState, Motion]:
    """Compare a frame with the running average of the frames before.

    The first frame becomes the background, so it shows no motion. A change of more than
    `lightning_threshold` of the picture (infra-red switch, camera moved) starts calibration.

    Args:
        state: as handed back for the frame before.
        luma: uint8, shape (frame_height, frame_width) of the rules; not changed.
        rules: compiled for this size.
    """
    picture, levels = _prepare(state, luma, rules)
    if state.background is None or state.background.shape != picture.shape:
        return AverageState(picture.astype(np.float32), levels, 0, is_calibrating=False), Motion()
    boxes, moving_share = _compare(picture, state.background, rules)
    is_calm = moving_share < CALM_SHARE and len(boxes) <= CALM_BOXES
    is_calibrating = moving_share > rules.lightning_threshold or (
        state.is_calibrating and not is_calm
    )
    after = replace(
        state,
        levels=levels,
        moving_frames=state.moving_frames + 1 if boxes else 0,
        is_calibrating=is_calibrating,
    )
    return _absorb(after, picture, rules), Motion(boxes, is_calibrating)


def _prepare(state: AverageState, luma: Gray, rules: MotionRules) -> tuple[Gray, Levels]:
    # Nearest neighbour reads only the pixels it keeps: the cost is that of the small copy.
    small = cv2.resize(luma, (rules.width, rules.height), interpolation=cv2.INTER_NEAREST)
    picture = small.astype(np.uint8, copy=False)
    levels = state.levels
    if rules.improve_contrast:
        # After a global change the old levels would only drift towards the new ones, which
        # looks like motion for as long as the history is.
        before = () if state.is_calibrating else levels
        levels = remember_levels(before, measure_levels(picture, rules.hidden))
        picture = stretch(picture, levels)
    if rules.hidden is not None:
        picture = cv2.bitwise_or(picture, rules.hidden).astype(np.uint8, copy=False)
    return cv2.GaussianBlur(picture, (3, 3), 1.0).astype(np.uint8, copy=False), levels


def _compare(
    picture: Gray, background: Background, rules: MotionRules
) -> tuple[tuple[Box, ...], float]:
    """Boxes in pixels of the detect stream, and the share of the picture inside contours."""
    difference = cv2.absdiff(picture, cv2.convertScaleAbs(background))
    _, changed = cv2.threshold(difference, rules.threshold, 255, cv2.THRESH_BINARY)
    if not changed.any():
        return (), 0.0
    grown = cv2.dilate(changed, None, iterations=1)  # type: ignore[call-overload]
    contours, _ = cv2.findContours(grown, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    areas = [cv2.contourArea(contour) for contour in contours]
    boxes = tuple(
        _scaled(cv2.boundingRect(contour), rules)
        for contour, area in zip(contours, areas, strict=True)
        if area > rules.contour_area
    )
    return boxes, sum(areas) / (rules.width * rules.height)


def _scaled(rect: Sequence[int], rules: MotionRules) -> Box:
    x, y, width, height = rect
    across, down = rules.frame_width / rules.width, rules.frame_height / rules.height
    return Box(
        int(x * across),
        int(y * down),
        min(round((x + width) * across), rules.frame_width),
        min(round((y + height) * down), rules.frame_height),
    )


def _absorb(state: AverageState, picture: Gray, rules: MotionRules) -> AverageState:
    """Let the frame into the background, unless something only just began to move."""
    if state.background is None or 0 < state.moving_frames < PATIENCE_FRAMES:
        return state
    background = state.background.copy()
    alpha = CALIBRATING_ALPHA if state.is_calibrating else rules.frame_alpha
    cv2.accumulateWeighted(picture, background, alpha)
    return replace(state, background=background)
