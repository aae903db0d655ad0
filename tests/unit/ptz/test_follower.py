"""A follower over real HTTP: it makes the camera ready, calibrates, turns it and gives way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from picket.config.onvif import OnvifConfig, PtzAutotrackConfig
from picket.domain.gaze import Glance, Standing, Target
from picket.ptz.cameras import PtzCameras
from picket.ptz.follow_tools import FollowTools
from picket.ptz.travel import Travel
from picket.ptz.travel_file import read_travel, write_travel
from tests.support.mount import Mount
from tests.support.onvif_answers import CONTINUOUS, EVERY_SPACE, FOLLOWING
from tests.support.onvif_camera import Camera, switched_on
from tests.support.servers import wait_for

LONG_S = 60
NAME = "gate"


def seen(number: int, x: float = 0.9) -> Glance:
    person = Target(
        *("1.0-a", "person", x, 0.5, 0.0, 0.0),
        is_sure=True,
        is_moving=True,
        is_stationary=False,
        entered_zones=("all",),
        width=0.05,
        height=0.2,
    )
    return Glance(float(number), (person,))


@dataclass
class Watched:
    """A camera that follows, and what it told."""

    camera: Camera
    mount: Mount
    ptz: PtzCameras
    settings: PtzAutotrackConfig
    file: Path
    told: list[Standing] = field(default_factory=list)

    def switch(self, *, is_on: bool) -> None:
        self.settings = self.settings.model_copy(update={"enabled": is_on})

    def is_told(self, *, is_home: bool, is_following: bool) -> Callable[[], bool]:
        return lambda: self.told[-1:] == [Standing(NAME, is_home, is_following)]

    def wait_until_ready(self) -> None:
        wait_for(lambda: "GotoPreset main 1" in self.camera.moves(), LONG_S, "way home")
        wait_for(self.is_told(is_home=True, is_following=False), LONG_S, "rest at home")

    def show(self, until: Callable[[], object], x: float = 0.9) -> None:
        """The same person, until something happens."""
        number = iter(range(10_000))

        def look() -> bool:
            self.ptz.see(NAME, seen(next(number), x))
            return bool(until())

        wait_for(look, LONG_S, "reaction")


@contextmanager
def following(folder: Path, camera: Camera | None = None, **settings: object) -> Iterator[Watched]:
    mount = Mount(speed_px=4000.0, delay_s=0.05)
    camera = camera or Camera(spaces=FOLLOWING)
    camera.mount = mount
    wanted = {"enabled": True, "required_zones": ["all"], "timeout": 1} | settings
    onvif = OnvifConfig.model_validate(
        {"host": "127.0.0.1", "port": camera.port, "user": "admin", "password": camera.password}
    )
    ptz = PtzCameras({NAME: onvif})
    autotracking = PtzAutotrackConfig.model_validate(wanted)
    watched = Watched(camera, mount, ptz, autotracking, folder / "gate.json")
    tools = FollowTools(lambda: watched.settings, watched.told.append, watched.file, time.monotonic)
    with switched_on(camera):
        try:
            ptz.follow(NAME, tools)
            yield watched
        finally:
            ptz.close()


def test_it_turns_to_whom_it_sees_and_goes_home_when_he_is_gone(tmp_path: Path) -> None:
    with following(tmp_path) as watched:
        watched.wait_until_ready()
        watched.show(lambda: "RelativeMove" in " ".join(watched.camera.moves()))
        wait_for(watched.is_told(is_home=False, is_following=True), LONG_S, "pursuit")
        assert "x=0.8 y=0.0 space=" in watched.camera.moves()[-1]
        wait_for(watched.is_told(is_home=True, is_following=False), LONG_S, "return")
        assert watched.camera.moves()[-1] == "GotoPreset main 1"
        assert watched.mount.is_home()


@pytest.mark.parametrize(
    ("way", "move"), [("absolute", "AbsoluteMove main x=0.05"), ("relative", "RelativeMove main")]
)
def test_it_looks_closer_at_who_is_small_and_home_is_as_wide_as_before(
    tmp_path: Path, way: str, move: str
) -> None:
    with following(tmp_path, Camera(spaces=EVERY_SPACE), zooming=way) as watched:
        watched.wait_until_ready()
        watched.show(lambda: watched.mount.place()[2] > 0, x=0.5)
        assert watched.camera.moves()[-1].startswith(move)
        wait_for(watched.is_told(is_home=True, is_following=False), LONG_S, "return")
        assert watched.mount.is_home()


@pytest.mark.parametrize(
    ("way", "camera"),
    [
        ("relative", Camera(spaces=FOLLOWING)),
        ("absolute", Camera(spaces=EVERY_SPACE, tells_zoom=False)),
    ],
)
def test_a_camera_that_cannot_zoom_so_says_it_once_and_follows(
    tmp_path: Path, way: str, camera: Camera, caplog: pytest.LogCaptureFixture
) -> None:
    with following(tmp_path, camera, zooming=way) as watched:
        watched.wait_until_ready()
        watched.show(lambda: "RelativeMove" in " ".join(watched.camera.moves()))
        watched.switch(is_on=False)
        wait_for(watched.is_told(is_home=True, is_following=False), LONG_S, "return")
        watched.switch(is_on=True)
        watched.show(lambda: camera.operations().count("RelativeMove") > 1)
        assert watched.mount.place()[2] == 0
    assert caplog.text.count("follows without zooming") == 1


def test_others_know_that_it_leaves_before_it_moves(tmp_path: Path) -> None:
    with following(tmp_path) as watched:
        watched.wait_until_ready()
        watched.camera.silent_from = "RelativeMove"  # the order was not even answered
        watched.show(lambda: watched.camera.silenced)
        assert watched.told[-1] == Standing(NAME, is_home=False, is_following=True)


def test_it_is_asked_whether_it_moves_only_while_it_does(tmp_path: Path) -> None:
    with following(tmp_path) as watched:
        watched.wait_until_ready()
        asked = watched.camera.operations().count("GetStatus")
        heard = len(watched.told)
        wait_for(lambda: len(watched.told) >= heard + 2, LONG_S, "two seconds of rest")
        assert watched.camera.operations().count("GetStatus") == asked


def test_a_calibration_is_kept_and_shown(tmp_path: Path) -> None:
    with following(tmp_path, calibrate_on_startup=True) as watched:
        weights = wait_for(lambda: watched.ptz.weights().get(NAME), LONG_S, "calibration")
        watched.wait_until_ready()
        assert len(weights) == 5
        assert watched.camera.operations().count("RelativeMove") == 16
        assert read_travel(watched.file) is not None


def test_what_was_measured_once_is_known_at_the_next_start(tmp_path: Path) -> None:
    write_travel(tmp_path / "gate.json", Travel(0.1, 0.2, 0.3))
    with following(tmp_path) as watched:
        wait_for(lambda: watched.ptz.weights().get(NAME), LONG_S, "follower")
        assert watched.ptz.weights() == {NAME: ("0.0", "1.0", "0.1", "0.2", "0.3")}
    with following(tmp_path, movement_weights="0, 1, 0.4, 0.5, 0.6") as watched:
        wait_for(lambda: watched.ptz.weights().get(NAME), LONG_S, "follower")
        assert watched.ptz.weights() == {NAME: ("0.0", "1.0", "0.4", "0.5", "0.6")}


def test_switched_off_it_goes_home_and_follows_nobody(tmp_path: Path) -> None:
    with following(tmp_path, timeout=600) as watched:
        watched.wait_until_ready()
        watched.show(watched.is_told(is_home=False, is_following=True))
        watched.switch(is_on=False)
        wait_for(watched.is_told(is_home=True, is_following=False), LONG_S, "return")
        moves = len(watched.camera.moves())
        heard = len(watched.told)
        watched.show(lambda: len(watched.told) >= heard + 2)
        assert len(watched.camera.moves()) == moves
        watched.switch(is_on=True)
        watched.show(lambda: len(watched.camera.moves()) > moves + 1)
        assert watched.camera.moves()[moves] == "GotoPreset main 1"


def test_a_hand_at_the_camera_comes_first(tmp_path: Path) -> None:
    with following(tmp_path, timeout=600) as watched:
        watched.wait_until_ready()
        watched.show(watched.is_told(is_home=False, is_following=True))
        watched.ptz.carry_out(NAME, "preset_street").result(LONG_S)
        wait_for(watched.is_told(is_home=False, is_following=False), LONG_S, "giving way")
        moves, heard = len(watched.camera.moves()), len(watched.told)
        watched.show(lambda: len(watched.told) >= heard + 2)
        assert len(watched.camera.moves()) == moves
        watched.ptz.carry_out(NAME, "preset_HOME").result(LONG_S)
        wait_for(watched.is_told(is_home=True, is_following=False), LONG_S, "home")


@pytest.mark.parametrize(
    ("camera", "reason"),
    [
        (Camera(spaces=CONTINUOUS), "cannot turn by shares of its picture"),
        (Camera(spaces=FOLLOWING, tells_moving=False), "does not tell whether it moves"),
        (Camera(spaces=FOLLOWING, presets=[("9", "attic")]), "Preset not found: home"),
        (Camera(spaces=FOLLOWING, garbage=(500, b"no")), "does not answer as ONVIF wants it"),
    ],
)
def test_a_camera_that_cannot_follow_says_why_and_stays_one_that_is_moved_by_hand(
    tmp_path: Path, camera: Camera, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    with following(tmp_path, camera) as watched:
        wait_for(lambda: reason in caplog.text, LONG_S, "complaint")
        wait_for(watched.is_told(is_home=True, is_following=False), LONG_S, "home")
        assert "RelativeMove" not in watched.camera.operations()
    assert caplog.text.count("does not follow") == 1


def test_closing_waits_for_no_follower(tmp_path: Path) -> None:
    camera = Camera(spaces=FOLLOWING, silent_from="GetServices")
    with following(tmp_path, camera):
        wait_for(lambda: camera.silenced, LONG_S, "question that is not answered")
        begun = time.monotonic()
    assert time.monotonic() - begun < LONG_S
