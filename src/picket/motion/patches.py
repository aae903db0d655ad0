"""Patches of changed pixels, and which of them are motion."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from picket.domain.frame import Gray

Mask = npt.NDArray[np.bool_]
"""Shape (height, width)."""

SMALL_PX = 60
"""A patch up to this size must show itself twice; a larger one is believed at once."""
RIM = np.ones((3, 3), np.uint8)
LINGER_FRAMES = 3
LONGEST_FRAMES = 15
LINGER_SHARE = 1 / 3
"""A small faint patch moves if so much of it has differed for no less and no more frames."""

Found = npt.NDArray[np.int32]
"""Rows of x, y, width, height in the small copy, shape (n, 4)."""


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Differences in luma above which a pixel counts; uint8, shape of the small copy."""

    clear: Gray  # one such pixel makes a patch
    changed: Gray  # such pixels belong to it
    faint: Gray  # enough for what is small and lingers


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Pixels that differ in one frame, to be remembered for the next."""

    changed: Mask
    lingering: Gray  # frames in a row that a pixel differed faintly, up to LONGEST_FRAMES + 1


@dataclass(frozen=True, slots=True, eq=False)
class Patches:
    """What moves."""

    boxes: Found
    share: float  # of the picture in patches, 0..1
    sudden_share: float  # of the picture that changed where nothing did in the frame before


def start_changes(picture: Gray) -> Changes:
    """Nothing has changed yet in pictures of this shape."""
    return Changes(np.zeros(picture.shape, np.bool_), np.zeros_like(picture))


def find_changes(difference: Gray, limits: Limits, before: Changes) -> Changes:
    """Which pixels differ, clearly or for how long."""
    # As `np.minimum`, which takes four times as long beside a number.
    longer = before.lingering.clip(np.uint8(0), np.uint8(LONGEST_FRAMES)) + np.uint8(1)
    return Changes(difference > limits.changed, longer * (difference > limits.faint))


def find_patches(
    difference: Gray, limits: Limits, changes: Changes, before: Changes, contour_area: float
) -> Patches:
    """The patches that are motion, and how much of the picture they are.

    A patch needs one pixel that differs clearly. A small one must also touch what changed a frame
    ago: rain and noise are elsewhere each time.

    Args:
        difference: from the background, luma.
        limits: for each pixel.
        changes: of this frame.
        before: changes of the frame before.
        contour_area: patches whose outline holds no more square pixels are ignored.
    """
    if not changes.changed.any():
        nothing = changes.changed
        return Patches(_find_faint(changes.lingering, nothing, contour_area), 0.0, 0.0)
    recently = _grown(before.changed)
    areas = _connect(changes.changed)
    is_recent = areas.count(changes.changed & recently) > 0
    is_motion = (areas.count(difference > limits.clear) > 0) & (is_recent | ~areas.is_small)
    is_motion &= areas.outlined_px > contour_area
    kept = is_motion.take(areas.labels)
    faint = _find_faint(changes.lingering, kept, contour_area)
    return Patches(
        boxes=np.concatenate([areas.patches[is_motion, :4], faint]),
        share=np.count_nonzero(kept) / kept.size,
        sudden_share=np.count_nonzero(changes.changed & ~recently) / kept.size,
    )


def _find_faint(lingering: Gray, kept: Mask, contour_area: float) -> Found:
    """Small patches that differ little, but for long; `kept` is motion already.

    A thing of few pixels loses contrast by being averaged with what is around it, so less is
    enough for it if it lingers, yet goes on: what is large, or stays, is light or shadow.
    """
    if lingering.max() < LINGER_FRAMES:
        return np.empty((0, 4), np.int32)
    faint = (lingering > 0) & (lingering <= LONGEST_FRAMES)
    long = faint & (lingering >= LINGER_FRAMES)
    if not (long & ~kept).any():
        return np.empty((0, 4), np.int32)
    areas = _connect(faint)
    is_motion = areas.is_small & (areas.outlined_px > contour_area)
    is_motion &= areas.count(long) >= LINGER_SHARE * areas.count(faint)
    is_motion &= areas.count(kept) == 0
    return areas.patches[is_motion, :4]


@dataclass(frozen=True, slots=True, eq=False)
class _Areas:
    """Connected pixels with a rim of one pixel; area 0 is the rest of the picture."""

    labels: npt.NDArray[np.int32]  # area of each pixel
    patches: npt.NDArray[np.int32]  # x, y, width, height and pixels of each area

    @property
    def is_small(self) -> Mask:
        return self.patches[:, 4] <= SMALL_PX

    @property
    def outlined_px(self) -> npt.NDArray[np.int32]:
        """Square pixels within the line through the outermost pixels' centres, 0 for the rest.

        Exact where an area is convex along rows and columns (Pick's theorem).
        """
        outlined = self.patches[:, 4] - self.patches[:, 2] - self.patches[:, 3] + 1
        outlined[0] = 0
        return outlined

    def count(self, mask: Mask) -> npt.NDArray[np.intp]:
        """Pixels of the mask in each area."""
        return np.bincount(self.labels[mask], minlength=len(self.patches))


def _connect(mask: Mask) -> _Areas:
    grown = _grown(mask).view(np.uint8)
    _, labels, patches, _ = cv2.connectedComponentsWithStats(grown)
    return _Areas(labels.astype(np.int32, copy=False), patches.astype(np.int32, copy=False))


def _grown(mask: Mask) -> Mask:
    """With a rim of one pixel."""
    return cv2.dilate(mask.view(np.uint8), RIM).astype(np.bool_)
