"""The test clips as cameras of several kinds would send them, behind a time of stillness."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from picket.evaluate.truth.values import TrueObject, Truth

STILL_S = 24.0
"""The first picture stands so long before a clip goes on: what stands in it becomes stationary
after 10 s, and a camera rests 4 s and two keyframes later."""
TOLERANCE_S = 0.05
"""Who is there so soon is there from the first picture on."""


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

    def encode_argv(self, source: Path, fps: float, target: Path) -> list[str]:
        """The ffmpeg command that makes the stream; every frame of the clip is in it."""
        filters = [f"tpad=start={still_frames(fps)}:start_mode=clone"]
        filters += [f"noise=alls={self.noise}:allf=t"] if self.noise else []
        gop = 1_000_000 if self.keyframe_s is None else round(self.keyframe_s * fps)
        named = "-x265-params" if self.codec == "libx265" else "-x264-params"
        params = [f"keyint={gop}:min-keyint={gop}:scenecut=0", self.params]
        quiet = ["log-level=none"] if self.codec == "libx265" else []
        return [
            *("ffmpeg", "-v", "error", "-y", "-i", str(source), "-an"),
            *("-vf", ",".join(filters), "-vsync", "passthrough", "-pix_fmt", "yuv420p"),
            *("-c:v", self.codec, "-threads", "1", "-crf", str(self.crf), *self.options),
            *(named, ":".join(part for part in (*params, *quiet) if part), str(target)),
        ]


PLAIN = ("-preset", "veryfast", "-tune", "zerolatency")
QUICK_HEVC = ("-preset", "superfast", "-tune", "zerolatency")
REORDERED = "bframes=3:b-adapt=0:open-gop=1"
"""Three B-frames in a row, also across keyframes."""

FORMS = (
    Form("h264", "libx264", 2, 26, PLAIN),
    Form("hevc", "libx265", 2, 28, QUICK_HEVC, "open-gop=0"),
    Form("h264 open", "libx264", 2, 26, ("-preset", "veryfast"), REORDERED),
    Form("hevc open", "libx265", 2, 28, ("-preset", "superfast"), REORDERED),
    Form("h264 noisy", "libx264", 2, 28, PLAIN, noise=3),
    Form("h264 4 s", "libx264", 4, 26, PLAIN),
    Form("h264 10 s", "libx264", 10, 26, PLAIN),
    Form("h264 smart", "libx264", None, 26, PLAIN),
)


def still_frames(fps: float) -> int:
    """How many frames stand before the clip."""
    return round(STILL_S * fps)


def make_stream(form: Form, source: Path, fps: float, target: Path) -> None:
    """Encode a clip.

    Raises: CalledProcessError when ffmpeg cannot.
    """
    subprocess.run(form.encode_argv(source, fps, target), check=True)


def behind_stillness(truth: Truth, fps: float) -> Truth:
    """What the stream shows, from what its clip does: its first picture, then the clip."""
    count = still_frames(fps)
    boxes = truth.boxes
    if boxes is not None:
        standing = boxes.get(1, ())
        later = {number + count: found for number, found in boxes.items()}
        boxes = {**dict.fromkeys(range(1, count + 1), standing), **later}
    objects = tuple(_later(one, count / fps) for one in truth.objects)
    return replace(truth, objects=objects, boxes=boxes)


def _later(one: TrueObject, by_s: float) -> TrueObject:
    start_s = 0.0 if one.start_s <= TOLERANCE_S else one.start_s + by_s
    return replace(one, start_s=start_s, end_s=one.end_s + by_s)
