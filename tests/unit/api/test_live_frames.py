from __future__ import annotations

import pytest

from picket.api.live_frames import LiveFrames
from picket.config.load import parse_config
from picket.domain.status import CameraState, CameraStatus
from tests.support.fake_live import FakeLive, make_frame

CONFIG = parse_config(
    {
        "cameras": {
            "front": {"ffmpeg": {"inputs": [{"path": "rtsp://front/1", "roles": ["detect"]}]}}
        }
    }
)
NOW = 1000.0
PATIENCE_S = 10.0  # default of `ffmpeg.retry_interval`


@pytest.fixture
def live() -> FakeLive:
    return FakeLive()


@pytest.fixture
def frames(live: FakeLive) -> LiveFrames:
    return LiveFrames(lambda: CONFIG, live, "front")


def brightness(frames: LiveFrames) -> float:
    assert frames.newest is not None
    height = frames.newest.shape[0] * 2 // 3
    return float(frames.newest[:height].mean())


def test_each_frame_is_seen_once(live: FakeLive, frames: LiveFrames) -> None:
    live.show("front", make_frame(NOW, luma=200))
    assert frames.look(NOW)
    assert not frames.look(NOW + 1)
    assert live.fetched == 1
    live.show("front", make_frame(NOW + 1, luma=60))
    assert frames.look(NOW + 1)
    assert brightness(frames) == 60


def test_a_silent_camera_shows_a_notice_until_it_is_back(
    live: FakeLive, frames: LiveFrames
) -> None:
    live.show("front", make_frame(NOW, luma=200))
    frames.look(NOW)
    assert not frames.look(NOW + PATIENCE_S)
    assert frames.look(NOW + PATIENCE_S + 1)
    assert brightness(frames) < 80
    assert not frames.look(NOW + PATIENCE_S + 2)
    live.show("front", make_frame(NOW + 60, luma=200))
    assert frames.look(NOW + 60)
    assert brightness(frames) == 200


def test_a_notice_follows_what_is_known(live: FakeLive, frames: LiveFrames) -> None:
    assert frames.look(NOW)
    status = CameraStatus(
        "front", CameraState.CONNECTING, NOW, detail="refused", width=401, height=301
    )
    live.statuses["front"] = status
    assert frames.look(NOW)
    assert frames.newest is not None
    assert frames.newest.shape == (300 * 3 // 2, 400)
