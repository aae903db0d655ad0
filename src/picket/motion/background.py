"""What a camera usually sees, pixel by pixel, and how much that flickers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from picket.domain.frame import Gray
from picket.motion.light import Light, Luma
from picket.motion.picture import as_gray

LASTING_FRAMES = 250
"""Seen so often, a ground is worth remembering under what comes to stand on it."""
BACK_FRAMES = 10
"""So long the ground that came back is motion, so that somebody sees what left."""
FIRST_VARIANCE = 4.0

Mask = npt.NDArray[np.bool_]
Variance = npt.NDArray[np.float32]
"""Mean squared difference from what was expected, luma², shape (height, width)."""


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """Arrays of one shape, (height, width) of the small copy.

    All luma is in one light, the recent one; `Light` tells what it looks like in this frame.
    """

    ground: Luma  # what is there
    below: Luma  # what was there for long, before the ground came to stand on it
    candidate: Gray  # what may become ground, where a pixel differs from it
    standing_frames: Gray  # frames in a row that the candidate has been seen, up to LASTING_FRAMES
    ground_frames: Gray  # frames that the ground has been seen, likewise
    variance: Variance
    frames: int = 1  # learned from


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """One picture beside the background; uint8 arrays of its shape."""

    light: Light
    expected: Gray  # the ground in this light
    expected_below: Gray
    difference: Gray  # of the picture from the ground, luma
    doubt: Gray  # luma by which the expectation itself may be wrong


@dataclass(frozen=True, slots=True)
class Habits:
    """How fast a background learns."""

    alpha: float  # weight of one frame
    stay_frames: int  # what stands so long becomes ground
    loudest: int  # larger differences count as this, luma: an object is not noise


def start_background(picture: Gray, variance: Variance | None = None) -> Background:
    """A background of one picture, with the flicker that is already known."""
    luma = picture.astype(np.float32)
    return Background(
        ground=luma,
        below=luma,
        candidate=picture,
        standing_frames=np.zeros_like(picture),
        ground_frames=np.full_like(picture, LASTING_FRAMES),
        variance=np.full_like(luma, FIRST_VARIANCE) if variance is None else variance,
    )


def compare(background: Background, picture: Gray, light: Light, doubt_share: float) -> Comparison:
    """How a picture differs from what this light should show of the background.

    Args:
        background: of the same shape.
        picture: the small copy.
        light: since the background's.
        doubt_share: of the change of light that may be wrong, because clipping, lenses and lamps
            are not as simple as a gain and an offset.
    """
    ground = _rounded(background.ground)
    expected = light.shine_on(ground)
    return Comparison(
        light,
        expected,
        expected_below=light.shine_on(_rounded(background.below)),
        difference=_distance(picture, expected),
        doubt=(_distance(expected, ground) * np.float32(doubt_share)).astype(np.uint8),
    )


def learn(
    background: Background, picture: Gray, seen: Comparison, limit: Gray, habits: Habits
) -> Background:
    """One frame on: what agrees is averaged in, what differs has to stand still first.

    Args:
        background: as handed back for the frame before.
        picture: the small copy.
        seen: their comparison.
        limit: uint8, difference in luma above which a pixel differs.
        habits: how fast.
    """
    differs = seen.difference > limit
    before = seen.light.take_from(picture)
    stands = differs & (_distance(before, background.candidate) <= limit)
    agreeing = _chosen(differs, seen.expected, picture)
    after = Background(
        ground=_drift(background.ground, agreeing, habits.alpha),
        below=_drift(background.below, seen.expected_below, habits.alpha),
        candidate=_chosen(stands, background.candidate, before),
        standing_frames=_one_more(background.standing_frames) * stands,
        ground_frames=_chosen(
            differs, background.ground_frames, _one_more(background.ground_frames)
        ),
        variance=_learn_variance(background, seen, habits),
        frames=background.frames + 1,
    )
    is_back = _distance(picture, seen.expected_below) <= limit
    return _settle(after, before, is_back, habits.stay_frames)


def _settle(background: Background, before: Gray, is_back: Mask, stay_frames: int) -> Background:
    """Make ground of what stood long enough, and remember a lasting ground below it.

    What `is_back`, because whoever stood on it went away, need not stand so long.
    """
    stood = background.standing_frames
    if stood.max() < min(BACK_FRAMES, stay_frames):
        return background
    returned = (stood >= min(BACK_FRAMES, stay_frames)) & is_back
    settled = returned | (stood >= stay_frames)
    if not settled.any():
        return background
    covered = settled & ~returned & (background.ground_frames >= LASTING_FRAMES)
    below = np.where(covered, background.ground, background.below)
    frames = np.where(settled, np.uint8(0), background.ground_frames)
    return replace(
        background,
        ground=np.where(settled, before, background.ground),
        below=np.where(returned, before, below),
        ground_frames=np.where(returned, np.uint8(LASTING_FRAMES), frames),
        standing_frames=stood * ~settled,
    )


def _learn_variance(background: Background, seen: Comparison, habits: Habits) -> Variance:
    flicker = as_gray(cv2.subtract(seen.difference, seen.doubt))
    flicker = flicker.clip(np.uint8(0), np.uint8(habits.loudest))
    squared = flicker.astype(np.float32) ** 2
    # While little is known, each frame counts as much as each before.
    return _drift(background.variance, squared, max(habits.alpha, 1 / (background.frames + 1)))


def _drift(average: Luma, towards: Luma | Gray, alpha: float) -> Luma:
    drifted = average.copy()
    cv2.accumulateWeighted(towards, drifted, alpha)
    return drifted


def _chosen(where: Mask, one: Gray, other: Gray) -> Gray:
    # As `np.where`, which takes ten times as long where the mask is ragged.
    return as_gray(cv2.copyTo(one, where.view(np.uint8), other.copy()))


def _one_more(frames: Gray) -> Gray:
    # As `np.minimum`, which takes four times as long beside a number.
    return frames.clip(np.uint8(0), np.uint8(LASTING_FRAMES - 1)) + np.uint8(1)


def _distance(one: Gray, other: Gray) -> Gray:
    return as_gray(cv2.absdiff(one, other))


def _rounded(layer: Luma) -> Gray:
    return as_gray(cv2.convertScaleAbs(layer))
