from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from picket.api.birdseye.composer import Birdseye
from picket.api.pictures import REMEMBERED_WISHES, LivePictures, PictureWish
from picket.config.load import parse_config
from picket.domain.errors import InvalidRequest
from picket.domain.status import CameraState, CameraStatus
from picket.media.draw import Overlays
from picket.media.jpeg import decode_picture
from tests.support.fake_live import FakeLive, make_frame

CONFIG = parse_config(
    {
        "cameras": {
            "front": {
                "ffmpeg": {
                    "inputs": [{"path": "rtsp://h/1", "roles": ["detect"]}],
                    "retry_interval": 20,
                }
            }
        }
    }
)
NO_LOGO = Path("/nonexistent/custom.png")
WISH = PictureWish("front", Overlays())


@pytest.fixture
def live() -> FakeLive:
    return FakeLive()


@pytest.fixture
def pictures(live: FakeLive) -> LivePictures:
    return LivePictures(lambda: CONFIG, live, Birdseye(lambda: CONFIG, live, NO_LOGO))


def test_the_same_frame_is_encoded_once(live: FakeLive, pictures: LivePictures) -> None:
    live.show("front", make_frame(100.0))
    first = pictures.jpeg(WISH, 100.0)
    assert pictures.jpeg(WISH, 101.0) is first
    assert live.fetched == 1


def test_a_new_frame_is_encoded_anew(live: FakeLive, pictures: LivePictures) -> None:
    live.show("front", make_frame(100.0, luma=50))
    dark = pictures.jpeg(WISH, 100.0)
    live.show("front", make_frame(101.0, luma=200))
    assert pictures.jpeg(WISH, 101.0) != dark
    assert live.fetched == 2


def test_frames_that_nobody_asks_for_are_not_even_fetched(
    live: FakeLive, pictures: LivePictures
) -> None:
    for second in range(50):
        live.show("front", make_frame(100.0 + second))
    pictures.jpeg(WISH, 150.0)
    assert live.fetched == 1


def test_other_wishes_have_their_own_encoding(live: FakeLive, pictures: LivePictures) -> None:
    live.show("front", make_frame(100.0))
    small = pictures.jpeg(PictureWish("front", Overlays(), height=90), 100.0)
    assert decode_picture(small).shape[0] == 90
    assert decode_picture(pictures.jpeg(WISH, 100.0)).shape[0] == 360


def test_many_at_once_share_one_encoding(live: FakeLive, pictures: LivePictures) -> None:
    live.show("front", make_frame(100.0))
    start = threading.Barrier(8)
    answers: list[bytes] = []

    def ask() -> None:
        start.wait()
        answers.append(pictures.jpeg(WISH, 100.0))

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(answers) == 8
    assert len(set(answers)) == 1
    assert live.fetched == 1


def test_only_the_latest_wishes_are_remembered(live: FakeLive, pictures: LivePictures) -> None:
    live.show("front", make_frame(100.0))
    pictures.jpeg(WISH, 100.0)
    for quality in range(REMEMBERED_WISHES):
        pictures.jpeg(PictureWish("front", Overlays(), height=9, quality=quality), 100.0)
    fetched = live.fetched
    pictures.jpeg(WISH, 100.0)
    assert live.fetched == fetched + 1


def test_patience_is_the_configured_interval(live: FakeLive, pictures: LivePictures) -> None:
    live.show("front", make_frame(100.0, luma=220))
    shown = pictures.jpeg(WISH, 120.0)
    notice = pictures.jpeg(WISH, 120.1)
    assert decode_picture(shown).mean() > 200
    assert decode_picture(notice).mean() < 80


def test_a_notice_is_drawn_once_while_nothing_changes(
    live: FakeLive, pictures: LivePictures
) -> None:
    first = pictures.jpeg(WISH, 100.0)
    assert pictures.jpeg(WISH, 500.0) is first
    live.statuses["front"] = CameraStatus("front", CameraState.OFFLINE, 50.0, "refused")
    second = pictures.jpeg(WISH, 500.0)
    assert second != first
    assert pictures.jpeg(WISH, 501.0) is second


def test_a_camera_of_unknown_size_has_a_notice_all_the_same(pictures: LivePictures) -> None:
    assert decode_picture(pictures.jpeg(WISH, 100.0)).shape == (720, 1280, 3)


def test_a_height_that_makes_no_picture_is_refused(live: FakeLive, pictures: LivePictures) -> None:
    live.show("front", make_frame(100.0))
    with pytest.raises(InvalidRequest, match="height"):
        pictures.jpeg(PictureWish("front", Overlays(), height=100_000), 100.0)
    assert isinstance(pictures.jpeg(WISH, 100.0), bytes)
    assert np.isfinite(decode_picture(pictures.jpeg(WISH, 100.0)).mean())
