"""All cameras behind one door: nobody waits for another, and nothing loads before it is needed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from picket.config.onvif import OnvifConfig, PtzAutotrackConfig
from picket.domain.errors import InvalidRequest, NotFound, Unavailable
from picket.domain.gaze import Glance
from picket.ptz.abilities import PtzAbilities
from picket.ptz.cameras import PtzCameras
from picket.ptz.follow_tools import FollowTools
from tests.support.onvif_camera import Camera, switched_on
from tests.support.servers import wait_for

LONG_S = 10.0


@contextmanager
def cameras(devices: Mapping[str, Camera], timeout_s: float = 5.0) -> Iterator[PtzCameras]:
    ptz = PtzCameras(
        {
            name: OnvifConfig(
                host="127.0.0.1", port=device.port, user=device.user, password=device.password
            )
            for name, device in devices.items()
        }
        | {"wall": OnvifConfig()},
        timeout_s,
    )
    try:
        yield ptz
    finally:
        ptz.close()


def test_a_camera_is_described_by_its_own_name() -> None:
    with switched_on(Camera()) as gate, cameras({"gate": gate}) as ptz:
        told = ptz.describe("gate").result(LONG_S)
    assert told == PtzAbilities("gate", ("pt", "zoom"), ("home", "street", "preset 7"))


def test_a_camera_that_hangs_delays_no_other() -> None:
    with (
        switched_on(Camera(silent_from="GetServices")) as silent,
        switched_on(Camera()) as gate,
        cameras({"silent": silent, "gate": gate}, timeout_s=2.0) as ptz,
    ):
        waiting = [ptz.carry_out("silent", "MOVE_UP") for _ in range(50)]
        ptz.carry_out("gate", "MOVE_UP").result(LONG_S)
        assert not any(one.done() for one in waiting)
        for one in waiting:
            with pytest.raises(Unavailable):
                one.result(LONG_S)
    assert len(gate.moves()) == 1


@pytest.mark.parametrize(
    ("camera", "command", "error"),
    [
        ("nowhere", "STOP", NotFound),
        ("wall", "STOP", InvalidRequest),
        ("gate", "JUMP", InvalidRequest),
        ("gate", "preset_attic", NotFound),
    ],
)
def test_refusals_come_with_the_result(camera: str, command: str, error: type[Exception]) -> None:
    with switched_on(Camera()) as gate, cameras({"gate": gate}) as ptz:
        answer = ptz.carry_out(camera, command)
        with pytest.raises(error):
            answer.result(LONG_S)


def test_closing_waits_for_nobody() -> None:
    with switched_on(Camera(silent_from="GetServices")) as silent:
        with cameras({"silent": silent}, timeout_s=60) as ptz:
            waiting = ptz.describe("silent")
        with pytest.raises(Unavailable, match="stopped"):
            waiting.result(0)


def test_the_library_is_not_loaded_before_a_camera_is_asked() -> None:
    program = (
        "import sys, picket.api.ports\n"
        "from picket.config.onvif import OnvifConfig\n"
        "from picket.ptz.cameras import PtzCameras\n"
        "PtzCameras({'gate': OnvifConfig(host='127.0.0.1')}).close()\n"
        "print({'onvif', 'zeep', 'lxml'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert done.stdout == b"set()\n"


def test_a_follower_that_breaks_is_told_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down() -> PtzAutotrackConfig:
        raise AssertionError("no settings")

    tools = FollowTools(break_down, lambda _: None, tmp_path / "gate.json", lambda: 0.0)
    with cameras({"gate": Camera()}) as ptz:
        ptz.follow("gate", tools)
        wait_for(lambda: "camera gate follows nobody any more" in caplog.text, 60, "complaint")


def test_a_frame_of_a_camera_that_does_not_follow_is_nothing() -> None:
    with cameras({}) as ptz:
        ptz.see("wall", Glance(1.0))
        assert ptz.weights() == {}
    ptz.see("wall", Glance(2.0))
