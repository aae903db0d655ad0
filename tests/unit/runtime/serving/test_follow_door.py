"""Which cameras follow, and by which settings."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from picket.config.load import parse_config
from picket.domain.gaze import Standing
from picket.ptz.cameras import PtzCameras
from picket.ptz.follow_tools import FollowTools
from picket.runtime.serving.follow_door import begin_following
from tests.support.fake_program import running_config
from tests.unit.config.samples import CAMERA

TRACKING = {"enabled": True, "required_zones": ["yard"]}
ZONES = {"yard": {"coordinates": "0,0,9,0,9,9"}}


class FakeCameras:
    """Remembers who should follow."""

    def __init__(self) -> None:
        self.followed: dict[str, FollowTools] = {}

    def follow(self, camera: str, tools: FollowTools) -> None:
        self.followed[camera] = tools


def test_only_cameras_whose_file_asks_for_it_follow(tmp_path: Path) -> None:
    ptz, told = FakeCameras(), list[Standing]()
    front = {"zones": ZONES, "onvif": {"host": "camera", "autotracking": TRACKING}}
    cameras = {
        "front": {**CAMERA, **front},
        "off": {**CAMERA, "onvif": {"host": "camera"}},
        "nowhere": {**CAMERA, "zones": ZONES, "onvif": {"autotracking": TRACKING}},
        "unused": {**CAMERA, **front, "enabled": False},
    }
    running = running_config(parse_config({"cameras": cameras}))
    begin_following(cast(PtzCameras, ptz), running, tmp_path, (told.append, told.append))
    assert ptz.followed.keys() == {"front"}
    tools = ptz.followed["front"]
    assert tools.travel_file == tmp_path / "front.json"
    assert tools.settings().enabled
    running.switch("front", "ptz_autotracker", "OFF")
    assert not tools.settings().enabled
    tools.tell(Standing("front", is_home=True, is_following=False))
    assert len(told) == 2
