"""Plain MP4 files as Frigate leaves them: ffmpeg's own, not fragmented, ten seconds or less."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

CODECS = {
    "h264": ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-bf", "2"],
    "hevc": ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none"],
}


@cache
def plain_bytes(
    codec: str, duration_s: int = 3, *, has_sound: bool = True, is_faststart: bool = True
) -> bytes:
    """A moving picture at 10 fps with a keyframe each two seconds, and a tone as AAC."""
    file = Path(mkdtemp(prefix="picket-plain-")) / "made.mp4"
    picture = f"testsrc2=s=192x108:r=10:d={duration_s}"
    tone = ["-f", "lavfi", "-i", f"sine=f=440:r=16000:d={duration_s}", "-c:a", "aac"]
    command = [
        *("ffmpeg", "-v", "error", "-f", "lavfi", "-i", picture),
        *(tone if has_sound else []),
        *(*CODECS[codec], "-g", "20"),
        *(["-movflags", "+faststart"] if is_faststart else []),
        str(file),
    ]
    subprocess.run(command, check=True)
    content = file.read_bytes()
    file.unlink()
    file.parent.rmdir()
    return content


def make_plain(path: Path, codec: str = "h264", duration_s: int = 3) -> Path:
    """Put such a file somewhere, folders included."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(plain_bytes(codec, duration_s))
    return path


def frame_hashes(file: Path) -> list[str]:
    """A checksum of each decoded picture, in the order of showing."""
    command = ["ffmpeg", "-v", "error", "-i", str(file), "-map", "0:v", "-fps_mode", "passthrough"]
    done = subprocess.run([*command, "-f", "framemd5", "-"], check=True, capture_output=True)
    lines = done.stdout.decode().splitlines()
    return [line.rpartition(",")[2].strip() for line in lines if not line.startswith("#")]


def sound_packets(file: Path) -> int:
    """How many packets of sound a file has."""
    command = ["ffprobe", "-v", "error", "-select_streams", "a", "-count_packets"]
    show = ["-show_entries", "stream=nb_read_packets", "-of", "csv=p=0", str(file)]
    done = subprocess.run([*command, *show], check=True, capture_output=True, text=True)
    return int(done.stdout.strip().strip(",") or 0)
