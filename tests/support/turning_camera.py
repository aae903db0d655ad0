"""A camera on motors: its picture is a window into a larger scene, in which somebody walks.

The window moves as ONVIF orders it, over a time that cameras need; `Scene` draws what it shows at
an instant, and `turning_camera` sends that by RTSP as it is drawn.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from picket.media.codec.nal import (
    H264_PPS,
    H264_SPS,
    ParameterSets,
    nal_type,
    split_annex_b,
)
from tests.support.counted_feed import FPS, TICKS
from tests.support.live_rtsp import serve
from tests.support.mount import VIEW_HEIGHT, VIEW_WIDTH, WORLD_HEIGHT, WORLD_WIDTH, Mount
from tests.support.servers import DATA, free_port

Picture = NDArray[np.uint8]

CLIP, NUMBER = "dog_and_person_gt", 85
LEFT, TOP, RIGHT, BOTTOM = 210, 60, 470, 580
"""A woman who walks, and a little of what is around her, in that frame of the clip."""
WALKER_WIDTH, WALKER_HEIGHT = 100, 200
"""Of the patch that shows her."""


@dataclass
class Scene:
    """The world behind the window, and somebody in it when `walker` says where her patch begins."""

    mount: Mount
    walker: Callable[[], tuple[float, float] | None]
    world: Picture = field(default_factory=lambda: draw_world())
    patch: Picture = field(default_factory=lambda: cut_walker())

    def show(self) -> Picture:
        """The window as it is now, BGR, shape (360, 640, 3)."""
        (x, y), times = self.mount.window()
        left, top = round(x), round(y)
        # One pixel more than the window shows: what is scaled begins between two of them.
        wide, high = ceil(VIEW_WIDTH / times) + 1, ceil(VIEW_HEIGHT / times) + 1
        view = self.world[top : top + high, left : left + wide].copy()
        place = self.walker()
        if place is not None:
            _paste(view, self.patch, round(place[0]) - left, round(place[1]) - top)
        if times == 1:
            return view[:VIEW_HEIGHT, :VIEW_WIDTH]
        matrix = np.array([[times, 0, (left - x) * times], [0, times, (top - y) * times]])
        border = cv2.BORDER_REPLICATE
        size = (VIEW_WIDTH, VIEW_HEIGHT)
        return cv2.warpAffine(view, matrix, size, borderMode=border).astype(np.uint8)


def draw_world() -> Picture:
    """An empty room and its mirror image, enlarged: much to hold on to, and nobody in it."""
    room = _frame("indoor_one_by_one_person", 1)
    half = cv2.resize(room, (WORLD_WIDTH // 2, WORLD_HEIGHT), interpolation=cv2.INTER_CUBIC)
    world = np.concatenate((half, half[:, ::-1]), axis=1)
    grain = np.random.default_rng(5).normal(0, 12, (WORLD_HEIGHT // 8, WORLD_WIDTH // 8, 1))
    rough = np.kron(grain, np.ones((8, 8, 1)))
    return (world + rough).clip(0, 255).astype(np.uint8)


def cut_walker() -> Picture:
    """A real one, from a clip."""
    patch = _frame(CLIP, NUMBER)[TOP:BOTTOM, LEFT:RIGHT]
    size = (WALKER_WIDTH, WALKER_HEIGHT)
    return cv2.resize(patch, size, interpolation=cv2.INTER_AREA).astype(np.uint8)


@contextmanager
def turning_camera(scene: Scene) -> Iterator[str]:
    """Send what the scene shows; gives `rtsp://127.0.0.1:<port>`."""
    port, ready, loop = free_port(), threading.Event(), asyncio.new_event_loop()
    serving = loop.create_task(serve(_SceneFeed(scene), port, time.time(), ready.set))

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner, suppress(asyncio.CancelledError):
            runner.run(_until_done(serving))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        assert ready.wait(60)
        yield f"rtsp://127.0.0.1:{port}"
    finally:
        loop.call_soon_threadsafe(serving.cancel)
        thread.join(10)


async def _until_done(task: asyncio.Task[None]) -> None:
    await task


class _SceneFeed:
    """Encodes as it goes; who asks for the same picture again gets the same."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._number = -1
        encoder = av.CodecContext.create("libx264", "w")
        encoder.width, encoder.height, encoder.pix_fmt = VIEW_WIDTH, VIEW_HEIGHT, "yuv420p"
        encoder.time_base, encoder.framerate = Fraction(1, 90_000), Fraction(FPS)
        encoder.gop_size = FPS
        encoder.options = {"preset": "ultrafast", "tune": "zerolatency", "crf": "23"}
        self._encoder = encoder
        self._units = self._encode(0)
        self._sets = ParameterSets(
            sps=tuple(unit for unit in self._units if nal_type(unit, "h264") == H264_SPS),
            pps=tuple(unit for unit in self._units if nal_type(unit, "h264") == H264_PPS),
        )

    @property
    def sets(self) -> ParameterSets:
        return self._sets

    def picture(self, number: int) -> Sequence[bytes]:
        if number != self._number:
            self._number, self._units = number, self._encode(number + 1)
        return self._units

    def _encode(self, number: int) -> list[bytes]:
        frame = av.VideoFrame.from_ndarray(self._scene.show(), format="bgr24")
        frame = frame.reformat(format="yuv420p")
        frame.pts, frame.time_base = number * TICKS, Fraction(1, 90_000)
        return [
            unit for packet in self._encoder.encode(frame) for unit in split_annex_b(bytes(packet))
        ]


def _frame(clip: str, number: int) -> Picture:
    with av.open(str(DATA / "videos" / f"{clip}.mp4")) as source:
        for found, picture in enumerate(source.decode(video=0), start=1):
            if found == number:
                return picture.to_ndarray(format="bgr24").astype(np.uint8)
    raise AssertionError(f"{clip} has no frame {number}")


def _paste(view: Picture, patch: Picture, x: int, y: int) -> None:
    """As far as it lies inside."""
    left, top = max(x, 0), max(y, 0)
    right = min(x + patch.shape[1], view.shape[1])
    bottom = min(y + patch.shape[0], view.shape[0])
    if left < right and top < bottom:
        view[top:bottom, left:right] = patch[top - y : bottom - y, left - x : right - x]
