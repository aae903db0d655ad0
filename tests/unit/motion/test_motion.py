from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from picket.config.motion import MotionConfig
from picket.domain.frame import Gray
from picket.domain.geometry import Box
from picket.motion.motion import Motion, MotionState, find_motion
from picket.motion.rules import compile_motion

WIDTH, HEIGHT = 640, 400
RULES = compile_motion(MotionConfig(), WIDTH, HEIGHT)
DATA = Path(os.environ.get("PICKET_TEST_DATA", "../shared/data"))


def scene(*squares: Box, brightness: int = 0) -> Gray:
    """A textured wall with bright squares on it."""
    texture = np.random.default_rng(3).integers(60, 120, (HEIGHT // 20, WIDTH // 20))
    luma = (np.kron(texture, np.ones((20, 20))) + brightness).clip(0, 255).astype(np.uint8)
    for box in squares:
        luma[box.y1 : box.y2, box.x1 : box.x2] = 250
    return luma


def watch(
    frames: Iterable[Gray], config: MotionConfig | None = None, state: MotionState | None = None
) -> tuple[MotionState, list[Motion]]:
    state = state or MotionState()
    rules = compile_motion(config or MotionConfig(), WIDTH, HEIGHT)
    found = []
    for frame in frames:
        state, motion = find_motion(state, frame, rules)
        found.append(motion)
    return state, found


SQUARE = Box(200, 100, 260, 180)


def test_the_first_frame_shows_no_motion() -> None:
    _, found = watch([scene(SQUARE)])
    assert found == [Motion((), is_calibrating=False)]


def test_a_still_scene_shows_no_motion() -> None:
    _, found = watch([scene(SQUARE)] * 20)
    assert all(motion.boxes == () for motion in found)


def test_a_square_that_appears_is_found_where_it_is() -> None:
    _, found = watch([scene(), scene(SQUARE)])
    (box,) = found[1].boxes
    assert box.contains(SQUARE)
    slack_px = 4 * HEIGHT // 100  # blur and dilation, in pixels of the frame
    grown = Box(200 - slack_px, 100 - slack_px, 260 + slack_px, 180 + slack_px)
    assert grown.contains(box)
    assert found[1].area_px == box.area


def test_what_stands_long_enough_sinks_into_the_background() -> None:
    _, found = watch([scene(), *[scene(SQUARE)] * 300])
    assert found[10].boxes
    assert found[-1].boxes == ()


def test_a_short_visit_leaves_no_ghost() -> None:
    _, found = watch([scene(), *[scene(SQUARE)] * 5, scene()])
    assert found[-1].boxes == ()


def test_motion_behind_a_mask_is_not_seen() -> None:
    masked = MotionConfig(mask="0,0,319,0,319,399,0,399")
    beyond = Box(400, 100, 460, 180)
    _, found = watch([scene(), scene(SQUARE), scene(SQUARE, beyond)], masked)
    assert found[1].boxes == ()
    assert [box.contains(beyond) for box in found[2].boxes] == [True]


def test_changes_below_the_threshold_are_not_motion() -> None:
    faint = scene()
    faint[100:180, 200:260] += 20
    dull = MotionConfig(improve_contrast=False)
    _, found = watch([scene(), faint], dull)
    assert found[1].boxes == ()
    _, found = watch([scene(), faint], MotionConfig(improve_contrast=False, threshold=10))
    assert len(found[1].boxes) == 1


def test_small_contours_are_not_motion() -> None:
    _, found = watch([scene(), scene(SQUARE)], MotionConfig(contour_area=5000))
    assert found[1].boxes == ()


def test_a_change_of_light_calibrates_until_the_background_is_learned() -> None:
    light = scene(brightness=120)
    plain = MotionConfig(improve_contrast=False)
    _, found = watch([scene(), *[light] * 40], plain)
    assert found[1].is_calibrating
    assert not found[-1].is_calibrating
    assert found[-1].boxes == ()


def test_a_flash_is_forgotten_at_once() -> None:
    flash = scene(brightness=150)
    plain = MotionConfig(improve_contrast=False)
    _, found = watch([scene(), flash, flash, scene()], plain)
    assert [motion.is_calibrating for motion in found] == [False, True, True, False]
    assert found[-1].boxes == ()


def test_a_state_is_not_changed_by_the_frame_after_it() -> None:
    state, _ = watch([scene()])
    assert state.background is not None
    before = state.background.copy()
    find_motion(state, scene(brightness=20), RULES)
    assert np.array_equal(state.background, before)


def test_a_frame_of_another_size_begins_anew() -> None:
    state, _ = watch([scene()])
    luma = scene()[:200, :200]
    state, motion = find_motion(state, luma, compile_motion(MotionConfig(), 200, 200))
    assert motion.boxes == ()


def read_luma(path: Path) -> Iterator[Gray]:
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            yield frame.to_ndarray(format="gray8").astype(np.uint8, copy=False)


HALLWAY = DATA / "videos" / "ir_hallway_empty_mode_switch.mp4"


@pytest.mark.skipif(not HALLWAY.exists(), reason="test data is not there: set PICKET_TEST_DATA")
def test_an_empty_hallway_shows_motion_only_around_its_change_of_light() -> None:
    rules = compile_motion(MotionConfig(), 178, 100)
    state, moving = MotionState(), []
    for frame in read_luma(HALLWAY):
        state, motion = find_motion(state, frame, rules)
        moving.append(bool(motion.boxes) and not motion.is_calibrating)
    seconds = [number / 6 for number, moves in enumerate(moving) if moves]
    assert len(seconds) < 150  # of 813 frames
    assert all(4 <= second <= 35 for second in seconds), seconds
