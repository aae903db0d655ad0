"""What recording alone costs, next to `ffmpeg -c copy`: `python -m bench.recording [--sound]`.

Cameras of 1920x1080 with 25 pictures a second and a keyframe each second, over RTSP; nothing is
decoded. For each number of cameras: processor time of both, how often `fdatasync` is called, and
how long a call takes.
"""

from __future__ import annotations

import argparse
import json
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bench.floor import copy_argv
from bench.meter import measure_cpu, stalled_seconds
from picket.capture.queue import PacketQueue
from picket.capture.reader import InputReader, ReaderTools
from picket.capture.source import SourceSpec, quick_options, real_clocks
from picket.media.codec.sample_entry import STORED_AUDIO
from picket.record.files import Files
from picket.record.recorder import Recorder, RecorderSpec
from picket.runtime.worker.intake import RECORD_LINGER_S, RECORD_QUEUE_BYTES
from picket.runtime.worker.recording import Recording, RecordingTools
from tests.support.recordings import numbered_draws
from tests.support.servers import end_tree, loop_video, rtsp_server

WARM_UP_S = 8.0
WINDOW_S = 30.0
SLICES = 6
ROUND_S = 10


@dataclass
class SyncCount(Files):
    """Calls of `fdatasync` by all cameras of a process."""

    taken_s: list[float] = field(default_factory=list)

    def sync(self, fd: int) -> None:
        """Call it, and note how long it took."""
        began = time.monotonic()
        super().sync(fd)
        self.taken_s.append(time.monotonic() - began)


def record(urls: list[str], root: Path) -> None:
    """The child: record until SIGTERM, then tell of the calls."""
    stop, count = threading.Event(), SyncCount()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    began = time.monotonic()
    for number, url in enumerate(urls):
        _start_camera(f"camera{number}", url, RecorderPlace(root, count), stop)
    stop.wait()
    told = {"elapsed_s": time.monotonic() - began, "taken_s": count.taken_s}
    sys.stdout.write(json.dumps(told))


@dataclass(frozen=True)
class RecorderPlace:
    """Where cameras record, and who counts."""

    root: Path
    count: SyncCount


def _start_camera(name: str, url: str, place: RecorderPlace, stop: threading.Event) -> None:
    wall, monotonic = real_clocks()
    queue = PacketQueue(RECORD_QUEUE_BYTES, RECORD_LINGER_S)
    options = {"rtsp_transport": "tcp"}
    spec = SourceSpec(url, options, quick_options(url, options), kept_audio=STORED_AUDIO)
    tools = ReaderTools(wall, monotonic, lambda: 0.5, lambda: secrets.token_hex(6))
    reader = InputReader(name, spec, [queue], tools, str)
    recorder = Recorder(RecorderSpec(place.root, name, files=place.count), numbered_draws)
    silent = RecordingTools(lambda _: None, lambda _: None, wall, numbered_draws)
    recording = Recording(name, queue, recorder, silent)
    threading.Thread(target=reader.run, args=(stop,), daemon=True).start()
    threading.Thread(target=recording.run, daemon=True).start()


def make_clip(folder: Path, *, with_sound: bool) -> Path:
    """A noisy scene of about 4 Mbit/s, as a camera at its usual setting."""
    scene = f"testsrc2=s=1920x1080:r=25:d={ROUND_S},noise=alls=12:allf=t"
    sound = ["-f", "lavfi", "-i", f"anoisesrc=r=8000:a=0.1:d={ROUND_S}", "-c:a", "pcm_alaw"]
    encode = ["-c:v", "libx264", "-preset", "ultrafast", "-b:v", "4M", "-maxrate", "4M"]
    rate = ["-bufsize", "4M", "-g", "25", "-pix_fmt", "yuv420p"]
    once = folder / ("round.alaw.mov" if with_sound else "round.mov")
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", scene]
    inputs, codec = (sound[:4], sound[4:]) if with_sound else ([], [])
    subprocess.run([*command, *inputs, *encode, *rate, *codec, str(once)], check=True)
    rounds = int((WARM_UP_S + WINDOW_S + 30) / ROUND_S)
    target = folder / ("clip.alaw.mov" if with_sound else "clip.mov")
    return loop_video(once, target, rounds, keep_audio=with_sound)


def measure(cameras: int, folder: Path, *, with_sound: bool) -> str:
    """One line of the table."""
    folder.mkdir()
    clip = make_clip(folder, with_sound=with_sound)
    with rtsp_server({f"c{n}": clip for n in range(cameras)}) as server, ExitStack() as stack:
        urls = [f"{server}/c{n}" for n in range(cameras)]
        command = [sys.executable, "-m", "bench.recording", "--child", str(folder / "ours"), *urls]
        ours = subprocess.Popen(command, stdout=subprocess.PIPE)
        stack.callback(end_tree, ours)
        sound = ["-c:a", "aac"] if with_sound else []  # MP4 does not take G.711 from ffmpeg either
        copies = [
            subprocess.Popen(
                [*copy_argv(url, folder / f"{n}.mp4")[:-1], *sound, f"{folder}/{n}.mp4"]
            )
            for n, url in enumerate(urls)
        ]
        for copy in copies:
            stack.callback(end_tree, copy)
        time.sleep(WARM_UP_S)
        stalled_s = stalled_seconds()
        groups = {"ours": [ours.pid], "copy": [copy.pid for copy in copies]}
        cpu = measure_cpu(groups, WINDOW_S, SLICES)
        stalled_s = stalled_seconds() - stalled_s
        ours.terminate()
        told = json.loads(ours.communicate(timeout=20)[0])
    return _line(cameras, cpu, told, 100 * stalled_s / WINDOW_S)


def _line(
    cameras: int, cpu: dict[str, list[float]], told: dict[str, list[float]], stalled: float
) -> str:
    def each(name: str) -> str:
        shares = [share / cameras for share in cpu[name]]
        return f"{statistics.median(shares):.2f} ({min(shares):.2f} … {max(shares):.2f})"

    calls, elapsed_s = told["taken_s"], float(str(told["elapsed_s"]))
    taken = f"{1000 * statistics.median(calls):.1f} | {1000 * max(calls):.0f}"
    figures = f"{each('ours')} | {each('copy')} | {len(calls) / elapsed_s:.2f}"
    return f"| {cameras} | {figures} | {taken} | {stalled:.0f} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.recording", description=__doc__)
    parser.add_argument("--sound", action="store_true", help="cameras with G.711, made into AAC")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.child:
        record(wanted.child[1:], Path(wanted.child[0]))
        return
    print("| cameras | ours, % of a core each | copy | calls a second | ms | longest | stalled % |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for cameras in (1, 4, 8):
        with tempfile.TemporaryDirectory() as folder:
            print(measure(cameras, Path(folder) / "run", with_sound=wanted.sound), flush=True)


if __name__ == "__main__":
    main()
