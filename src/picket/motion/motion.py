"""Finds where a frame differs from what the camera usually sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from picket.domain.frame import Gray
from picket.domain.geometry import Box
from picket.motion.background import (
    Background,
    Comparison,
    Habits,
    compare,
    learn,
    start_background,
)
from picket.motion.light import Light, fit_light
from picket.motion.patches import (
    Changes,
    Limits,
    Patches,
    find_changes,
    find_patches,
    start_changes,
)
from picket.motion.picture import as_gray, measure_contrast, shrink
from picket.motion.rules import MotionRules

SETTLE_FRAMES = 5
"""So long after a sudden change of the whole picture the camera gets to find its exposure."""
CALM_SHARE = 0.05
"""With less motion than this the light of before has come back, as after a flash."""
SUDDEN = 3
"""A change within one frame is global at this part of `lightning_threshold`."""
DOUBT_SHARE = 0.3
"""Part of a change of light that gain and offset do not explain."""
CLEAR_SIGMAS = 4.0
CHANGED_SIGMAS = 2.5
CHANGED_SHARE = 0.75
FAINT_SHARE = 0.5
"""Parts of the threshold that are enough beside a clear pixel, and for what is small."""
STEADIEST_LUMA = 12.0
LOUDEST_SHARE = 1.5
"""However much a pixel flickers, so many times the threshold is motion."""


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """What the frames before left."""

    background: Background
    changes: Changes  # of the last frame
    settling_frames: int = 0  # until the background may begin anew, after a global change


@dataclass(frozen=True, slots=True, eq=False)
class MotionState:
    """What is remembered between frames; the empty value is the start."""

    memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class Motion:
    """Where one frame moves."""

    boxes: tuple[Box, ...] = ()  # pixels of the detect stream
    is_calibrating: bool = False  # a global change: the boxes say nothing about objects

    @property
    def area_px(self) -> int:
        """Square pixels of all boxes, overlaps counted twice."""
        return sum(box.area for box in self.boxes)


def find_motion(state: MotionState, luma: Gray, rules: MotionRules) -> tuple[MotionState, Motion]:
    """Compare a frame with what is usually seen, in the light of this frame.

    The first frame becomes the background, so it shows no motion. A change that gain and offset
    do not explain, of more than `lightning_threshold` of the picture or of a third of that within
    one frame (infra-red switch, camera moved), starts calibration: a second later the background
    begins anew.

    Args:
        state: as handed back for the frame before.
        luma: uint8, shape (frame_height, frame_width) of the rules; not changed.
        rules: compiled for this size.
    """
    picture = shrink(luma, rules)
    known = state.memory
    if known is None or known.background.ground.shape != picture.shape:
        return MotionState(_begin(start_background(picture))), Motion()
    light = fit_light(known.background.ground, picture)
    seen = compare(known.background, picture, light, DOUBT_SHARE)
    threshold = _threshold(picture, rules)
    limits = _limits(known.background, seen, threshold, rules)
    changes = find_changes(seen.difference, limits, known.changes)
    patches = find_patches(seen.difference, limits, changes, known.changes, rules.contour_area)
    settling = _settling_frames(known.settling_frames, light, patches, rules)
    motion = Motion(_boxes(patches, rules), settling > 0)
    is_other = light.is_switched or patches.share > CALM_SHARE
    if known.settling_frames and not settling and is_other:
        return MotionState(_begin(start_background(picture, known.background.variance))), motion
    habits = Habits(rules.frame_alpha, rules.stay_frames, loudest=int(threshold))
    background = learn(known.background, picture, seen, limits.faint, habits)
    return MotionState(Memory(background, changes, settling)), motion


def _begin(background: Background) -> Memory:
    return Memory(background, start_changes(background.candidate))


def _threshold(picture: Gray, rules: MotionRules) -> float:
    """Difference in luma that counts where nothing flickers.

    With `improve_contrast` it is a share of the contrast that the picture has, as if that had been
    stretched over the whole range; no less than STEADIEST_LUMA though: below are the errors of the
    encoder.
    """
    if not rules.improve_contrast:
        return rules.threshold
    stretched = rules.threshold * measure_contrast(picture, rules.hidden) / 255
    return max(stretched, min(rules.threshold, STEADIEST_LUMA))


def _limits(
    background: Background, seen: Comparison, threshold: float, rules: MotionRules
) -> Limits:
    """The threshold, raised where the picture flickers and while the light is in doubt."""
    flicker = cv2.sqrt(cv2.blur(background.variance, (3, 3)))
    loudest = np.uint8(min(max(2 * threshold, LOUDEST_SHARE * rules.threshold), 255))

    def limit(sigmas: float, lowest: float) -> Gray:
        raised = as_gray(cv2.convertScaleAbs(flicker, alpha=sigmas))
        return as_gray(cv2.add(raised.clip(np.uint8(lowest), loudest), seen.doubt))

    return Limits(
        clear=limit(CLEAR_SIGMAS, threshold),
        changed=limit(CHANGED_SIGMAS, CHANGED_SHARE * threshold),
        faint=limit(CHANGED_SIGMAS, FAINT_SHARE * threshold),
    )


def _settling_frames(before: int, light: Light, patches: Patches, rules: MotionRules) -> int:
    """How long the light goes on to settle, this frame included; only a sudden change renews it."""
    whole = rules.lightning_threshold
    if patches.sudden_share > whole / SUDDEN:
        return SETTLE_FRAMES
    if before:
        return before - 1
    return SETTLE_FRAMES if light.is_switched or patches.share > whole else 0


def _boxes(patches: Patches, rules: MotionRules) -> tuple[Box, ...]:
    return tuple(_scaled(rect, rules) for rect in patches.boxes.tolist())


def _scaled(rect: Sequence[int], rules: MotionRules) -> Box:
    x, y, width, height = rect
    across, down = rules.frame_width / rules.width, rules.frame_height / rules.height
    return Box(
        int(x * across),
        int(y * down),
        min(round((x + width) * across), rules.frame_width),
        min(round((y + height) * down), rules.frame_height),
    )
