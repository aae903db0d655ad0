from __future__ import annotations

import pytest

from picket.config.load import parse_config
from picket.domain.errors import InvalidRequest, NotFound, Unavailable
from picket.runtime.fixed_controls import FixedControls, NoPtz

CONFIG = {
    "cameras": {
        "front": {
            "ffmpeg": {"inputs": [{"path": "rtsp://front/1", "roles": ["detect"]}]},
            "snapshots": {"enabled": True},
        }
    }
}


def test_the_states_are_those_of_the_configuration() -> None:
    assert FixedControls(parse_config(CONFIG)).states() == {
        "front/detect/state": "ON",
        "front/recordings/state": "OFF",
        "front/snapshots/state": "ON",
    }


def test_every_change_is_refused() -> None:
    controls = FixedControls(parse_config(CONFIG))
    assert controls.switch("front", "detect", "OFF") == {}
    with pytest.raises(NotFound, match="nonsense"):
        controls.switch("front", "nonsense", "OFF")
    with pytest.raises(Unavailable):
        controls.restart()


def test_no_camera_moves() -> None:
    with pytest.raises(InvalidRequest, match="front"):
        NoPtz().carry_out("front", "MOVE_UP").result()
