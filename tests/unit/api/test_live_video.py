from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from picket.api.birdseye.composer import Birdseye
from picket.api.live_video import INBOX_PIECES, LiveVideo, Viewer
from picket.config.load import parse_config
from picket.domain.errors import MediaError
from picket.domain.frame import Frame
from picket.domain.overlay import FrameNotes
from picket.ipc.frame_ring import Made
from picket.media.mpeg1_pieces import Piece
from tests.support.fake_live import FakeLive, make_frame
from tests.support.servers import wait_for

CONFIG = parse_config(
    {
        "cameras": {
            "front": {
                "ffmpeg": {"inputs": [{"path": "rtsp://front/1", "roles": ["detect"]}]},
                "live": {"height": 90},
            }
        }
    }
)
NO_LOGO = Path("/nonexistent/custom.png")
KEY, OTHER = Piece(b"key", is_keyframe=True), Piece(b"other", is_keyframe=False)


def make_video(live: FakeLive, clock: Callable[[], float] = lambda: 0.0) -> LiveVideo:
    birdseye = Birdseye(lambda: CONFIG, live, NO_LOGO)
    return LiveVideo(lambda: CONFIG, live, birdseye, clock)


def test_a_viewer_begins_at_a_keyframe() -> None:
    viewer = Viewer("front", lambda: None)
    for piece in (OTHER, KEY, OTHER):
        viewer.offer(piece)
    assert viewer.take() == [KEY, OTHER]


def test_a_viewer_who_lost_something_begins_anew_at_the_next_keyframe() -> None:
    viewer = Viewer("front", lambda: None)
    for piece in (KEY, *[OTHER] * INBOX_PIECES):
        viewer.offer(piece)
    assert len(viewer.take()) == INBOX_PIECES
    for piece in (OTHER, KEY, OTHER):
        viewer.offer(piece)
    assert viewer.take() == [KEY, OTHER]


def test_a_picture_of_another_shape_begins_a_new_stream() -> None:
    live, rung = FakeLive(), threading.Event()
    video = make_video(live)
    live.show("front", make_frame(0.0, width=160, height=90))
    viewer = video.watch("front", rung.set)
    try:
        first = wait_for(viewer.take, 10, "first picture")
        live.show("front", make_frame(0.0, width=120, height=90))
        second = wait_for(viewer.take, 10, "second picture")
    finally:
        video.leave(viewer)
    assert first[0].is_keyframe
    assert second[0].is_keyframe
    assert rung.is_set()


def test_only_the_first_picture_of_a_viewer_is_a_keyframe_for_his_sake() -> None:
    live = FakeLive()
    video = make_video(live)
    live.show("front", make_frame(0.0, luma=100))
    viewer = video.watch("front", lambda: None)
    try:
        first = wait_for(viewer.take, 10, "first picture")
        live.show("front", make_frame(0.0, luma=101))
        second = wait_for(viewer.take, 10, "second picture")
    finally:
        video.leave(viewer)
    assert [piece.is_keyframe for piece in (*first, *second)] == [True, False]


class _Broken(FakeLive):
    def view(self, camera: str, make: Callable[[Frame, FrameNotes], Made]) -> Made | None:
        raise MediaError("out of memory")


def test_a_stream_that_breaks_ends_its_viewers_and_the_next_one_begins_anew(
    caplog: pytest.LogCaptureFixture,
) -> None:
    live = _Broken()
    video = make_video(live)
    live.show("front", make_frame(0.0))
    for _ in range(2):
        viewer = video.watch("front", lambda: None)
        wait_for(lambda viewer=viewer: viewer.is_over, 10, "end")  # type: ignore[misc]
    assert [r.getMessage() for r in caplog.records if r.levelno == logging.ERROR] == [
        "live video cannot be made: out of memory"
    ] * 2
