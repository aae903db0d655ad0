from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from dataclasses import replace

import pytest

from picket.api.live_mse import ASK_S, NOTHING, SILENCE_S, Clocks, MseStream
from picket.api.mse_viewer import MseViewer
from picket.ipc.packet_ring import MOST_BYTES, PacketRing, make_packet_block
from tests.support.packets import STREAM, gop, picture


class Camera:
    """A stream of a camera whose worker is the test."""

    def __init__(self) -> None:
        self._block = make_packet_block("front")
        self.ring, self.asked, self.time = PacketRing(self._block), list[bool](), 0.0
        clocks = Clocks(lambda: 1000.0 + self.time, lambda: self.time)
        view = PacketRing(self._block)
        self.stream = MseStream("front", view, lambda *, is_new: self.asked.append(is_new), clocks)

    def show(self, *items: object) -> None:
        for item in items:
            self.ring.write(pickle.dumps(item))
        self.stream.look()

    def viewer(self) -> MseViewer:
        viewer = MseViewer(lambda: None)
        self.stream.join(viewer)
        return viewer

    def close(self) -> None:
        self._block.close()


@pytest.fixture
def camera() -> Iterator[Camera]:
    camera = Camera()
    yield camera
    camera.close()


def words(viewer: MseViewer) -> list[dict[str, object]]:
    return [json.loads(m) for m in viewer.take() if isinstance(m, str)]


def test_the_worker_is_told_again_and_again_that_somebody_watches(camera: Camera) -> None:
    assert camera.asked == [True]
    camera.stream.look()
    assert camera.asked == [True]
    camera.time += ASK_S + 0.1
    camera.stream.look()
    assert camera.asked == [True, False]


def test_a_camera_that_says_nothing_is_offline_since_its_last_picture(camera: Camera) -> None:
    viewer = camera.viewer()
    camera.time = 10.0
    camera.show(STREAM, *gop(0, 3))
    assert [one["type"] for one in words(viewer)] == ["init"]
    camera.time += SILENCE_S + 1
    for _ in range(2):
        camera.stream.look()
    assert words(viewer) == [{"type": "offline", "reason": NOTHING, "since": 1010.0}]
    camera.show(STREAM, *gop(3, 3))
    assert [one["type"] for one in words(viewer)] == ["init"]


def test_who_was_overtaken_has_everything_sent_again(camera: Camera) -> None:
    viewer = camera.viewer()
    camera.show(STREAM, *gop(0, 3))
    viewer.take()
    for _ in range(3):
        camera.ring.write(bytes(MOST_BYTES))
    camera.stream.look()
    assert camera.asked == [True, True]
    camera.show(STREAM, *gop(10, 3))
    assert [one["type"] for one in words(viewer)] == ["init"]


def test_a_stream_that_cannot_be_shown_says_why(camera: Camera) -> None:
    viewer = camera.viewer()
    camera.show(replace(STREAM, video=replace(STREAM.video, extradata=b"\1broken")))
    (told,) = words(viewer)
    assert told["type"] == "offline"
    assert told["reason"]


def test_of_a_group_without_end_the_next_viewer_gets_none(camera: Camera) -> None:
    big = replace(picture(1), data=picture(1).data + b"x" * (MOST_BYTES // 2))
    late = [replace(big, dts_s=0.1 * n, pts_s=0.1 * n) for n in range(1, 5)]
    for item in (STREAM, picture(0, is_keyframe=True), *late):
        camera.show(item)
    assert camera.viewer().take() == []
    camera.show(*gop(10, 3))
    assert len(camera.viewer().take()) == 3
