"""What a viewer of the common picture costs: `python -m bench.birdseye`.

The floor is a viewer of one camera of the same size: its newest frame out of the frame ring as a
JPEG. Four cameras, each of which has a new frame every time, are put together and made a JPEG.
Both take turns, so that a busy machine slows them alike. All of it is processor time of all
threads; new frames are put into the rings outside of it.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

import av

from picket.api.birdseye.composer import Birdseye
from picket.api.pictures import NOTHING_DRAWN, LivePictures, PictureWish
from picket.config.birdseye import BIRDSEYE
from picket.config.load import parse_config
from picket.domain.frame import Yuv
from picket.domain.overlay import FrameNotes, LastActivity
from picket.ipc.frame_ring import FrameRing
from picket.ipc.log_ring import make_log_block
from picket.media.mpeg1 import Mpeg1Stream
from picket.runtime.serving.process import LiveView
from picket.runtime.wiring import make_wires
from tests.support.servers import DATA

NAMES = ("a", "b", "c", "d")
WIDTH, HEIGHT = 1280, 720
ROUNDS, TURNS = 7, 40
CLIPS = ("street_people_gt", "cars_topview_parking", "street_cars_gt", "street_people_gt")


def frames(clip: Path) -> list[Yuv]:
    """Some frames of a clip in the size of the picture."""
    with av.open(str(clip)) as source:
        decoded = islice(source.decode(video=0), 0, 160, 8)
        return [
            one.reformat(WIDTH, HEIGHT, "yuv420p").to_ndarray()  # type: ignore[misc]
            for one in decoded
        ]


class Cameras:
    """Four cameras whose frames a bench moves on, and the server's view of them."""

    def __init__(self) -> None:
        source = {"inputs": [{"path": "rtsp://h/1", "roles": ["detect"]}]}
        camera = {"ffmpeg": source, "detect": {"width": WIDTH, "height": HEIGHT}}
        birdseye = {"width": WIDTH, "height": HEIGHT, "mode": "motion"}
        self.config = parse_config({"cameras": dict.fromkeys(NAMES, camera), "birdseye": birdseye})
        wires = make_wires(self.config, [NAMES], make_log_block())
        rings = wires.workers[0].rings
        self._rings = [FrameRing(rings[name].block, rings[name].size) for name in NAMES]
        films = [frames(DATA / "videos" / f"{clip}.mp4") for clip in CLIPS]
        self._films: list[Iterator[Yuv]] = [cycle(film) for film in films]
        self.live = LiveView(wires.server)
        self.now = 1000.0

    def move_on(self) -> None:
        """A new frame of each, a fifth of a second later, in which something moves."""
        self.now += 0.2
        for ring, film in zip(self._rings, self._films, strict=True):
            ring.begin(WIDTH, HEIGHT)[:] = next(film)
            ring.publish(self.now, FrameNotes(self.now, activity=LastActivity(self.now)))


def measure(cameras: Cameras, works: Sequence[Callable[[], object]]) -> list[float]:
    """Processor time of each work in milliseconds, on the same frames in turns."""
    spent_s = [0.0] * len(works)
    for _ in range(TURNS):
        cameras.move_on()
        for number, work in enumerate(works):
            begun = time.process_time()
            work()
            spent_s[number] += time.process_time() - begun
    return [1000 * one / TURNS for one in spent_s]


def main() -> None:
    """Print medians and spreads."""
    cameras = Cameras()
    birdseye = Birdseye(lambda: cameras.config, cameras.live, Path("/nonexistent/custom.png"))
    pictures = LivePictures(lambda: cameras.config, cameras.live, birdseye)
    streams = [Mpeg1Stream(WIDTH, HEIGHT, 8) for _ in range(2)]

    def jpeg(camera: str) -> bytes:
        return pictures.jpeg(PictureWish(camera, NOTHING_DRAWN), cameras.now)

    def video(stream: Mpeg1Stream, yuv: Yuv) -> object:
        return stream.encode(yuv, round(cameras.now * 25))

    works: dict[str, Callable[[], object]] = {
        "JPEG of one camera (floor)": lambda: jpeg("a"),
        "four cameras put together": lambda: birdseye.look(cameras.now),
        "JPEG of what is put together": lambda: jpeg(BIRDSEYE),
        "a second viewer": lambda: jpeg(BIRDSEYE),
        "MPEG-1 of one camera": lambda: cameras.live.view(
            "a", lambda frame, _: video(streams[0], frame.yuv)
        ),
        "MPEG-1 of what is put together": lambda: video(
            streams[1], birdseye.look(cameras.now).frame.yuv
        ),
    }
    rounds = [measure(cameras, list(works.values())) for _ in range(ROUNDS)]
    for name, values in zip(works, zip(*rounds, strict=True), strict=True):
        line = f"{name}: {statistics.median(values):.2f} ms ({min(values):.2f}..{max(values):.2f})"
        sys.stdout.write(line + "\n")
    ratios = [(one[1] + one[2]) / one[0] for one in rounds]
    text = f"{statistics.median(ratios):.2f}x ({min(ratios):.2f}..{max(ratios):.2f})"
    sys.stdout.write(f"a viewer of four cameras to one of one: {text}\n")


if __name__ == "__main__":
    main()
