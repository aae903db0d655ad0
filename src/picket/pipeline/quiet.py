"""Whether a camera needs all its frames: as long as nothing stirs, a few tell as much."""

from __future__ import annotations

from dataclasses import replace

from picket.domain.frame import Frame, Gray
from picket.domain.gaze import View
from picket.motion.motion import find_motion
from picket.pipeline.camera import FrameResult, is_deserted, let_pass
from picket.pipeline.memory import CameraMemory
from picket.pipeline.rules import CameraRules


def is_still(memory: CameraMemory, frame: Frame, rules: CameraRules) -> bool:
    """Whether a frame shows no motion against the frames before; without motion nobody knows."""
    if not rules.switches.motion or memory.gaze.view is not View.HOME:
        return False
    _, motion = find_motion(memory.motion, frame.luma, rules.motion)
    return not motion.boxes and not motion.is_calibrating


def glance(
    memory: CameraMemory, luma: Gray, frame_time: float, rules: CameraRules
) -> tuple[CameraMemory, FrameResult] | None:
    """As `camera.step` of the whole frame, where luma alone tells that there is nothing in it.

    Returns: None where it does not.
    """
    if not (rules.switches.motion and is_deserted(memory, rules)):
        return None
    state, motion = find_motion(memory.motion, luma, rules.motion)
    if motion.boxes:
        return None
    after = replace(memory, motion=state, frame_count=memory.frame_count + 1)
    return let_pass(after, frame_time, motion, rules)


def stirs(memory: CameraMemory, result: FrameResult, rules: CameraRules) -> bool:
    """Whether the frame stepped last leaves something to follow, or to look for, in the next."""
    if not rules.switches.motion or result.is_blind or result.notes.motion:
        return True
    if memory.gaze.view is not View.HOME:
        return True
    is_unseen = rules.switches.detect and memory.looks.scan != ()
    return is_unseen or bool(memory.looks.spots.waiting) or _is_followed(memory, rules)


def pass_over(memory: CameraMemory, count: int, rules: CameraRules) -> CameraMemory:
    """So many frames were left out between two that are stepped.

    They count for what is looked at once in so many frames: a look that would have been due
    among them is due in the next.
    """
    number = memory.frame_count + count
    missed = (number + rules.turns.phase) % rules.turns.interval
    return replace(memory, frame_count=number - missed - 1 if missed < count else number)


def _is_followed(memory: CameraMemory, rules: CameraRules) -> bool:
    """Whether anything is followed that moves, is missed, or may stand only so many frames."""
    return any(
        thing.track is None
        or not thing.is_seen
        or thing.track.motionless_count < rules.track.stationary_threshold
        or rules.track.stationary_limit(thing.label) is not None
        for thing in memory.tracks.followed
    )
