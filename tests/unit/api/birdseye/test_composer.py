from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from picket.api.birdseye.composer import LEAST_INTERVAL_S, Birdseye, BirdseyeFrames
from picket.config.load import parse_config
from picket.config.root import Config
from picket.domain.frame import Frame
from picket.domain.overlay import FrameNotes, LastActivity
from picket.domain.status import CameraState, CameraStatus
from tests.support.fake_live import FakeLive, make_frame

NOW = 1000.0
NAMES = ("a", "b", "c")


def config(**birdseye: Any) -> Config:
    source = {"ffmpeg": {"inputs": [{"path": "rtsp://h/1", "roles": ["detect"]}]}}
    detect = {"width": 640, "height": 360}
    cameras = {name: {**source, "detect": detect} for name in NAMES}
    shape = {"width": 640, "height": 360}
    return parse_config({"cameras": cameras, "birdseye": {**shape, "mode": "motion", **birdseye}})


class Scene:
    """Cameras that move when a test says so, and the picture of them."""

    def __init__(self, **birdseye: Any) -> None:
        self.live = FakeLive()
        self.config = config(**birdseye)
        self.now = NOW
        self.birdseye = Birdseye(lambda: self.config, self.live, Path("/nonexistent/custom.png"))

    def stir(self, camera: str, luma: int = 200) -> None:
        notes = FrameNotes(self.now, activity=LastActivity(motion_time=self.now))
        self.live.show(camera, make_frame(self.now, luma), notes)

    def rest(self, camera: str, luma: int, since: float) -> None:
        notes = FrameNotes(self.now, activity=LastActivity(motion_time=since))
        self.live.show(camera, make_frame(self.now, luma), notes)

    def look(self, passed_s: float = LEAST_INTERVAL_S) -> Frame:
        self.now += passed_s
        return self.birdseye.look(self.now).frame


@pytest.fixture
def scene() -> Scene:
    return Scene()


def quarters(frame: Frame) -> list[int]:
    """Brightness in the middle of each quarter, from left to right and down."""
    return [int(frame.luma[y, x]) for y in (90, 270) for x in (160, 480)]


def test_the_picture_is_quiet_until_something_happens(scene: Scene) -> None:
    scene.live.show("a", make_frame(NOW, luma=200))
    quiet = scene.look()
    assert (quiet.width, quiet.height) == (640, 360)
    assert quiet.luma.mean() < 60
    scene.stir("a")
    assert scene.look().luma.mean() == 200


def test_active_cameras_stand_side_by_side_in_their_order() -> None:
    scene = Scene()
    for name, luma in (("b", 120), ("a", 80), ("c", 200)):
        scene.stir(name, luma)
    frame = scene.look()
    assert quarters(frame)[:2] == [80, 120]
    assert int(frame.luma[270, 320]) == 200
    assert int(frame.luma[270, 100]) == 16


def test_a_camera_leaves_after_its_patience_is_over(scene: Scene) -> None:
    begun = scene.now
    scene.stir("a", 80)
    scene.look(20)
    scene.stir("b", 120)
    assert scene.look().luma[180, 160] == 80
    scene.rest("a", 90, since=begun)
    scene.rest("b", 130, since=begun + 20)
    assert scene.look(9.5).luma.mean() != 130
    assert scene.look(1).luma.mean() == 130


def test_only_what_changed_is_fetched_and_drawn_again(scene: Scene) -> None:
    for name in NAMES:
        scene.stir(name, 80)
    scene.look()
    fetched = scene.live.fetched
    first = scene.birdseye.look(scene.now)
    assert scene.birdseye.look(scene.now + LEAST_INTERVAL_S) is first
    assert scene.live.fetched == fetched
    scene.stir("b", 200)
    assert quarters(scene.look(2 * LEAST_INTERVAL_S))[:2] == [80, 200]
    assert scene.live.fetched == fetched + 1
    assert quarters(first.frame)[:2] == [80, 80]  # what was handed out does not change


def test_all_who_look_at_once_share_one_picture(scene: Scene) -> None:
    scene.stir("a")
    first = scene.birdseye.look(NOW)
    scene.stir("a", 60)
    assert scene.birdseye.look(NOW + LEAST_INTERVAL_S / 2) is first
    assert scene.birdseye.look(NOW + LEAST_INTERVAL_S).number == first.number + 1


def test_a_clock_that_is_set_back_holds_nothing_up(scene: Scene) -> None:
    scene.look()
    scene.now = NOW - 500
    scene.stir("a")
    assert scene.look().luma.mean() == 200


def test_modes_places_and_exclusions_are_those_of_the_cameras() -> None:
    scene = Scene()
    cameras = dict(scene.config.cameras)
    for name, change in (
        ("a", {"mode": "continuous", "order": 2}),
        ("b", {"mode": "objects", "order": 1}),
        ("c", {"enabled": False}),
    ):
        section = cameras[name].birdseye.model_copy(update=change)
        cameras[name] = cameras[name].model_copy(update={"birdseye": section})
    scene.config = scene.config.model_copy(update={"cameras": cameras})
    scene.live.show("a", make_frame(NOW, luma=80))
    scene.stir("b", 120)
    scene.stir("c", 200)
    assert scene.look().luma.mean() == 80
    notes = FrameNotes(NOW, activity=LastActivity(object_time=NOW))
    scene.live.show("b", make_frame(NOW, luma=120), notes)
    frame = scene.look()
    assert [int(frame.luma[180, x]) for x in (160, 480)] == [120, 80]


def test_what_is_switched_off_shows_nobody(scene: Scene) -> None:
    scene.stir("a")
    assert scene.look().luma.mean() == 200
    off = scene.config.birdseye.model_copy(update={"enabled": False})
    scene.config = scene.config.model_copy(update={"birdseye": off})
    assert scene.look().luma.mean() < 60


def test_more_cameras_than_may_be_shown_leave_room_to_the_latest() -> None:
    scene = Scene(layout={"max_cameras": 1})
    scene.stir("a", 80)
    scene.look(5)
    scene.stir("b", 120)
    assert scene.look().luma.mean() == 80
    assert scene.look(10).luma.mean() == 120


def test_a_camera_that_falls_silent_says_so(scene: Scene) -> None:
    scene.stir("a")
    scene.look()
    notice = scene.look(20)
    assert notice.luma.mean() < 80
    assert notice.luma.max() > 180


def test_another_shape_is_another_layout(scene: Scene) -> None:
    scene.stir("a")
    assert scene.look().luma[180, 20] == 200
    scene.live.statuses["a"] = CameraStatus("a", CameraState.ONLINE, NOW, width=360, height=640)
    scene.live.show(
        "a",
        make_frame(scene.now, 200, 360, 640),
        FrameNotes(scene.now, (), (), (), LastActivity(scene.now)),
    )
    tall = scene.look()
    assert tall.luma[180, 20] == 16
    assert tall.luma[180, 320] == 200


def test_nobody_is_asked_for_frames_that_are_not_shown(scene: Scene) -> None:
    scene.stir("a")
    for name in ("b", "c"):
        scene.live.show(name, make_frame(NOW))
    scene.look()
    assert scene.live.fetched == 1


def test_a_reader_sees_each_picture_once(scene: Scene) -> None:
    frames = BirdseyeFrames(scene.birdseye)
    assert frames.look(NOW)
    assert not frames.look(NOW + 1)
    scene.stir("a")
    assert frames.look(NOW + 2)
    assert frames.newest is not None
    assert np.array_equal(frames.newest, scene.birdseye.look(NOW + 2).frame.yuv)
