from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


@given(threshold=st.integers(1, 254), rise=st.integers(5, 120), improve=st.booleans())
@settings(max_examples=40, deadline=None)
def test_a_higher_threshold_never_sees_more(threshold: int, rise: int, *, improve: bool) -> None:
    changed = scene()
    changed[100:180, 200:260] += np.uint8(rise)
    configs = [
        MotionConfig(threshold=value, improve_contrast=improve)
        for value in (threshold, threshold + 1)
    ]
    lower, higher = (watch([scene(), changed], config)[1][1].area_px for config in configs)
    assert higher <= lower


def test_contrast_makes_dull_pictures_count() -> None:
    """As if it had been stretched over the whole range, down to what an encoder gets wrong."""
    dull, changed = scene() // 2, scene() // 2
    changed[100:180, 200:260] += 20
    for improve, count in ((True, 1), (False, 0)):
        _, found = watch([dull, changed], MotionConfig(improve_contrast=improve))
        assert len(found[1].boxes) == count


def test_small_contours_are_not_motion() -> None:
    _, found = watch([scene(), scene(SQUARE)], MotionConfig(contour_area=5000))
    assert found[1].boxes == ()


@given(
    gain=st.floats(0.6, 1.6), offset=st.integers(-30, 40), improve=st.booleans(), seed=st.integers()
)
@settings(max_examples=40, deadline=None)
def test_another_exposure_is_not_motion(
    gain: float, offset: int, seed: int, *, improve: bool
) -> None:
    noise = np.random.default_rng(abs(seed)).normal(0, 3, (HEIGHT, WIDTH))
    exposed = (scene() * gain + offset + noise).clip(0, 255).astype(np.uint8)
    _, found = watch([scene(), exposed, exposed], MotionConfig(improve_contrast=improve))
    assert [motion.boxes for motion in found] == [(), (), ()]


def test_an_object_is_seen_while_the_exposure_changes() -> None:
    darker = (scene(SQUARE) * 0.7).astype(np.uint8)
    _, found = watch([scene(), darker])
    assert any(box.overlaps(SQUARE) for box in found[1].boxes)
    assert not found[1].is_calibrating


OTHER_LIGHT = (255 - scene()).astype(np.uint8)
"""What was bright is dark: no exposure explains it."""


def test_a_change_of_the_whole_picture_calibrates_until_the_background_is_learned() -> None:
    _, found = watch([scene(), *[OTHER_LIGHT] * 10])
    assert [motion.is_calibrating for motion in found[1:6]] == [True] * 5
    assert all(not motion.is_calibrating and motion.boxes == () for motion in found[7:])


def test_a_black_picture_calibrates() -> None:
    _, found = watch([scene(), np.zeros_like(scene())])
    assert found[1].is_calibrating


def test_lightning_threshold_says_how_much_of_the_picture_is_a_change_of_light() -> None:
    near = Box(0, 0, WIDTH // 4, HEIGHT)
    for share, calibrates in ((0.3, True), (1.0, False)):
        _, found = watch([scene(), scene(near)], MotionConfig(lightning_threshold=share))
        assert found[1].is_calibrating == calibrates


def test_a_flash_guides_nobody_and_is_forgotten() -> None:
    _, found = watch([scene(), OTHER_LIGHT, OTHER_LIGHT, *[scene()] * 8])
    assert all(motion.is_calibrating for motion in found if motion.boxes)
    assert found[-1] == Motion((), is_calibrating=False)


def test_a_state_is_not_changed_by_the_frame_after_it() -> None:
    state, _ = watch([scene()])
    assert state.memory is not None
    before = state.memory.background.ground.copy()
    find_motion(state, scene(brightness=20), RULES)
    assert np.array_equal(state.memory.background.ground, before)


def noisy(picture: Gray, sigma: float, seed: int) -> Gray:
    noise = np.random.default_rng(seed).normal(0, sigma, picture.shape)
    return (picture + noise).clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("sigma", [4, 12, 25])
def test_noise_is_not_motion(sigma: float) -> None:
    _, found = watch(noisy(scene(), sigma, number) for number in range(40))
    assert all(motion.boxes == () for motion in found)


def test_a_pixel_that_always_flickers_stops_being_motion() -> None:
    """Leaves and water: what swings between two tones is its own threshold after a while."""
    leaf = scene()
    leaf[100:180, 200:260] += 25
    frames = [leaf if number % 2 else scene() for number in range(400)]
    _, found = watch(frames)
    assert found[1].boxes
    assert all(motion.boxes == () for motion in found[-50:])


def test_a_person_of_30_pixels_in_a_picture_of_1280_is_seen() -> None:
    rules = compile_motion(MotionConfig(), 1280, 720)
    texture = np.random.default_rng(3).integers(90, 150, (36, 64))
    still = np.kron(texture, np.ones((20, 20))).astype(np.uint8)
    state, touched = MotionState(), []
    for number in range(40):
        person = Box(400 + 4 * number, 450, 410 + 4 * number, 480)
        luma = noisy(still, 4, number)
        if number >= 10:
            luma[person.y1 : person.y2, person.x1 : person.x2] = 45
        state, motion = find_motion(state, luma, rules)
        touched.append(any(box.overlaps(person) for box in motion.boxes))
    assert not any(touched[:10])
    assert sum(touched[12:]) >= 25


@given(
    squares=st.lists(
        st.tuples(st.integers(0, WIDTH - 2), st.integers(0, HEIGHT - 2), st.integers(1, 300)),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=40, deadline=None)
def test_boxes_lie_in_the_frame_and_off_the_mask(squares: list[tuple[int, int, int]]) -> None:
    boxes = [Box(x, y, min(x + s, WIDTH), min(y + s, HEIGHT)) for x, y, s in squares]
    masked = MotionConfig(mask="0,0,319,0,319,399,0,399")
    _, found = watch([scene(), scene(*boxes), scene(*boxes)], masked)
    watched = Box(320 - 4 * HEIGHT // 100, 0, WIDTH, HEIGHT)  # the rim of a patch may lie on it
    assert all(watched.contains(box) for motion in found for box in motion.boxes)


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
    assert sum(moving) < 90  # of 813 frames
