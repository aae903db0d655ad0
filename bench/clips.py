"""The pictures that the benched cameras show: 1280x720, 5 frames a second, a keyframe every 2 s."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.support.servers import DATA, loop_video

SIZE = "1280x720"
FPS = 5
ROUND_S = 24
"""Length of a clip before it is repeated; a multiple of the 8 s of the busy one."""
ENCODE = (
    *("-c:v", "libx264", "-preset", "veryfast", "-crf", "24", "-bf", "0"),
    *("-r", str(FPS), "-g", str(2 * FPS), "-pix_fmt", "yuv420p", "-an"),
)


@dataclass(frozen=True, slots=True)
class Clip:
    """What one kind of camera sees, as ffmpeg is told to make it."""

    name: str
    source: Path
    input_args: tuple[str, ...]
    filters: str


QUIET = Clip(
    "quiet",  # an empty room, and the noise of a small sensor
    DATA / "videos" / "indoor_one_by_one_person.mp4",
    ("-ss", "2"),
    f"trim=end_frame=1,loop=-1:1,fps={FPS},scale={SIZE},noise=alls=6:allf=t",
)
BUSY = Clip(
    "busy",  # people all the time
    DATA / "videos" / "street_people_gt.mp4",
    ("-stream_loop", "-1"),
    f"fps={FPS},scale={SIZE}",
)


def make_clip(clip: Clip, folder: Path, length_s: float) -> Path:
    """Encode one round and repeat its packets for at least `length_s` seconds."""
    once = folder / f"{clip.name}.round.mp4"
    command = ["ffmpeg", "-v", "error", "-y", *clip.input_args, "-i", str(clip.source)]
    command += ["-vf", clip.filters, "-t", str(ROUND_S), *ENCODE, str(once)]
    subprocess.run(command, check=True)
    return loop_video(once, folder / f"{clip.name}.mp4", rounds=int(length_s / ROUND_S) + 1)
