"""The test clips as cameras of several kinds would send them, with times of stillness."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import av

from picket.evaluate.truth.values import TrueObject, Truth

STILL_S = 24.0
"""So long the picture stands, before the clip begins and three times within it: what stands in it
becomes stationary after 10 s, and a camera rests 4 s and two keyframes later."""
PARTS = 4
"""A clip goes on from stillness so often, wherever that is between two keyframes."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A video with times of stillness in it, which make the stream."""

    path: Path
    fps: float
    frame_count: int

    @property
    def name(self) -> str:
        """What it is called in reports."""
        return self.path.stem

    @property
    def still_frames(self) -> int:
        """How many frames repeat one that stands."""
        return round(STILL_S * self.fps)

    @property
    def standing(self) -> tuple[int, ...]:
        """The frames that stand, from 1: the first, and those that part the clip evenly."""
        return tuple(1 + part * self.frame_count // PARTS for part in range(PARTS))

    def place(self, number: int) -> int:
        """Number in the stream of the first frame that shows this frame of the clip."""
        return number + self.still_frames * sum(one < number for one in self.standing)

    def last_place(self, number: int) -> int:
        """The same of the last frame that shows it."""
        return number + self.still_frames * sum(one <= number for one in self.standing)

    def filters(self) -> list[str]:
        """What ffmpeg makes the stream of the clip by; later ones first, as they move nobody."""
        loops = [f"loop={self.still_frames}:1:{one - 1}" for one in reversed(self.standing)]
        return [*loops, f"setpts=N/({self.fps}*TB)"]


@dataclass(frozen=True, slots=True)
class Form:
    """How a kind of camera encodes."""

    name: str
    codec: str  # encoder, by ffmpeg's name
    keyframe_s: float | None  # between keyframes; None: only the first picture is one
    crf: int
    options: tuple[str, ...] = ()
    params: str = ""  # of the encoder itself
    noise: int = 0  # of the sensor, levels of luma

    def encode_argv(self, clip: Clip, target: Path) -> list[str]:
        """The ffmpeg command that makes the stream; every frame of the clip is in it."""
        noise = [f"noise=alls={self.noise}:allf=t"] if self.noise else []
        filters = [*clip.filters(), *noise]
        gop = 1_000_000 if self.keyframe_s is None else round(self.keyframe_s * clip.fps)
        named = "-x265-params" if self.codec == "libx265" else "-x264-params"
        params = [f"keyint={gop}:min-keyint={gop}:scenecut=0", self.params]
        quiet = ["log-level=none"] if self.codec == "libx265" else []
        return [
            *("ffmpeg", "-v", "error", "-y", "-i", str(clip.path), "-an"),
            *("-vf", ",".join(filters), "-vsync", "passthrough", "-pix_fmt", "yuv420p"),
            *("-c:v", self.codec, "-threads", "1", "-crf", str(self.crf), *self.options),
            *(named, ":".join(part for part in (*params, *quiet) if part), str(target)),
        ]


PLAIN = ("-preset", "veryfast", "-tune", "zerolatency")
QUICK_HEVC = ("-preset", "ultrafast", "-tune", "zerolatency")
REORDERED = "bframes=3:b-adapt=0:open-gop=1"
"""Three B-frames in a row, also across keyframes."""

FORMS = (
    Form("h264", "libx264", 2, 26, PLAIN),
    Form("hevc", "libx265", 2, 28, QUICK_HEVC, "open-gop=0"),
    Form("h264 open", "libx264", 2, 26, ("-preset", "veryfast"), REORDERED),
    Form("hevc open", "libx265", 2, 28, ("-preset", "ultrafast"), REORDERED),
    Form("h264 noisy", "libx264", 2, 28, PLAIN, noise=3),
    Form("h264 4 s", "libx264", 4, 26, PLAIN),
    Form("h264 10 s", "libx264", 10, 26, PLAIN),
    Form("h264 smart", "libx264", None, 26, PLAIN),
)


def open_clip(path: Path, fps: float) -> Clip:
    """A video of so many frames a second."""
    with av.open(str(path)) as source:
        return Clip(path, fps, source.streams.video[0].frames)


def make_stream(form: Form, clip: Clip, target: Path) -> None:
    """Encode a clip.

    Raises: CalledProcessError when ffmpeg cannot.
    """
    subprocess.run(form.encode_argv(clip, target), check=True)


def truth_of_stream(truth: Truth, clip: Clip) -> Truth:
    """What the stream shows, from what its clip does."""
    objects = tuple(_moved(one, clip) for one in truth.objects)
    boxes = truth.boxes
    if boxes is not None:
        boxes = {
            number: found
            for before, found in boxes.items()
            for number in range(clip.place(before), clip.last_place(before) + 1)
        }
    return replace(truth, objects=objects, boxes=boxes)


def _moved(one: TrueObject, clip: Clip) -> TrueObject:
    """From the first frame that shows it to the end of the last."""
    first, last = round(one.start_s * clip.fps) + 1, max(round(one.end_s * clip.fps), 1)
    return replace(
        one, start_s=(clip.place(first) - 1) / clip.fps, end_s=clip.last_place(last) / clip.fps
    )
