"""The pictures that the benched cameras show: H.264 with a keyframe every 2 s."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.support.servers import DATA, loop_video

ROUND_S = 24
"""Length of a clip before its packets are repeated."""
MARGIN_S = 4
"""Encoded before and after it and cut off: an encoder begins and ends with other sizes of packets
than it has in between, and a camera does neither every few seconds."""
KEYFRAME_S = 2


@dataclass(frozen=True, slots=True)
class Scene:
    """What one kind of camera sees, as ffmpeg is told to make it."""

    name: str
    source: Path
    input_args: tuple[str, ...]
    before: tuple[str, ...] = ()  # filters ahead of rate and size
    after: tuple[str, ...] = ()


QUIET = Scene(
    "quiet",  # an empty room, and the noise of a small sensor
    DATA / "videos" / "indoor_one_by_one_person.mp4",
    ("-ss", "2"),
    ("trim=end_frame=1", "loop=-1:1"),
    ("noise=alls=6:allf=t",),
)
BUSY = Scene(
    "busy",  # people all the time
    DATA / "videos" / "street_people_gt.mp4",
    ("-stream_loop", "-1"),
)


@dataclass(frozen=True, slots=True)
class Clip:
    """A scene as one camera sends it."""

    scene: Scene
    height: int = 720  # pixels, of a picture of 16:9
    fps: int = 5

    @property
    def name(self) -> str:
        """Such as `quiet 720p5`."""
        return f"{self.scene.name} {self.height}p{self.fps}"

    def encode_argv(self, target: Path) -> list[str]:
        """The ffmpeg command that makes one round with its margins."""
        size = f"scale={self.height * 16 // 9}:{self.height}"
        filters = (*self.scene.before, f"fps={self.fps}", size, *self.scene.after)
        form = ("-t", str(ROUND_S + 2 * MARGIN_S), "-an", "-pix_fmt", "yuv420p")
        return [
            *("ffmpeg", "-v", "error", "-y", *self.scene.input_args, "-i", str(self.scene.source)),
            *("-vf", ",".join(filters), *form),
            *("-c:v", "libx264", "-preset", "veryfast", "-crf", "24", "-bf", "0"),
            *("-r", str(self.fps), "-g", str(KEYFRAME_S * self.fps), "-sc_threshold", "0"),
            str(target),
        ]


def make_clip(clip: Clip, folder: Path, length_s: float) -> Path:
    """A file of at least `length_s` seconds; one round is encoded only once for a folder."""
    stem = clip.name.replace(" ", "-")
    once = folder / f"{stem}.round.mp4"
    if not once.exists():
        whole = folder / f"{stem}.whole.mp4"
        subprocess.run(clip.encode_argv(whole), check=True)
        subprocess.run(_cut_argv(whole, once), check=True)
    return loop_video(once, folder / f"{stem}.mp4", rounds=int(length_s / ROUND_S) + 1)


def _cut_argv(whole: Path, target: Path) -> list[str]:
    """The ffmpeg command that takes the margins off, at keyframes."""
    place = ("-ss", str(MARGIN_S), "-i", str(whole), "-t", str(ROUND_S))
    return ["ffmpeg", "-v", "error", "-y", *place, "-c", "copy", str(target)]
