"""How soon a clip of an hour begins over HTTP: `python -m bench.first_byte`.

Records an hour of 1920x1080 with sound (25 pictures a second, a keyframe each second, 2 Mbit/s)
twice: as our recorder does, and as Frigate's ffmpeg does, in plain files of ten seconds. A server
in a process of its own hands out clips of either; the first byte and the whole header are timed,
with the files in the page cache and after they were dropped from it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bench.meter import stalled_seconds
from picket.domain.segment import Segment
from picket.record.adopt_plain import PlainName, read_plain_segment
from picket.record.files import Files
from picket.record.recorder import Recorder, RecorderSpec
from tests.support.footage_server import served_footage
from tests.support.recordings import START, Recorded, numbered_draws, packets_of, stream_of
from tests.support.servers import end_tree, wait_for

LENGTHS_S = (60, 600, 3600)
ROUND_S = 60
HOUR_S = 3600
SEGMENT_S = 10


class Unsynced(Files):
    """Nobody cuts the power here."""

    def sync(self, fd: int) -> None:
        """Leave it to the kernel."""


def draw_round(folder: Path) -> Path:
    """A minute, to be repeated."""
    target = folder / "round.mp4"
    scene = f"testsrc2=s=1920x1080:r=25:d={ROUND_S}"
    sound = f"anoisesrc=r=16000:a=0.1:d={ROUND_S}"
    inputs = ["-f", "lavfi", "-i", scene, "-f", "lavfi", "-i", sound]
    video = ["-c:v", "libx264", "-preset", "ultrafast", "-b:v", "2M", "-maxrate", "2M"]
    rate = ["-bufsize", "2M", "-g", "25", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "32k"]
    subprocess.run(["ffmpeg", "-v", "error", *inputs, *video, *rate, str(target)], check=True)
    return target


def record_ours(clip: Path, recordings: Path) -> list[Segment]:
    """The hour as we record it."""
    recorder = Recorder(RecorderSpec(recordings, "front", files=Unsynced()), numbered_draws)
    recorded, stream = Recorded(), stream_of(clip)
    for packet in packets_of(clip, HOUR_S // ROUND_S):
        recorded.note(recorder.accept(stream, packet))
    recorded.note(recorder.close(START + HOUR_S))
    return recorded.segments


def record_frigates(clip: Path, recordings: Path) -> list[Segment]:
    """The hour as Frigate leaves it: plain files cut at keyframes, `moov` in front."""
    parts = recordings / "parts"
    parts.mkdir()
    cut = ["-f", "segment", "-segment_time", str(SEGMENT_S), "-reset_timestamps", "1"]
    options = ["-segment_format_options", "movflags=+faststart", str(parts / "%d.mp4")]
    command = ["ffmpeg", "-v", "error", "-i", str(clip), "-c", "copy", *cut, *options]
    subprocess.run(command, check=True)
    rows = []
    for number in range(HOUR_S // SEGMENT_S):
        start_time = START // 1 + number * SEGMENT_S
        relative = f"{datetime.fromtimestamp(start_time, UTC):%Y-%m-%d/%H/front/%M.%S}.mp4"
        (recordings / relative).parent.mkdir(parents=True, exist_ok=True)
        source = parts / f"{number % (ROUND_S // SEGMENT_S)}.mp4"
        (recordings / relative).write_bytes(source.read_bytes())
        name = PlainName(f"{start_time}-plain", "front", start_time)
        row = read_plain_segment(recordings, relative, name)
        rows.append(replace(row, end_time=start_time + SEGMENT_S))
    return rows


@dataclass(frozen=True, slots=True)
class Timing:
    """Of one request, in seconds."""

    first_byte_s: float
    header_s: float  # until everything before the first picture was there


def ask(address: str, start_time: float, length_s: float) -> Timing:
    """Fetch the beginning of a clip."""
    url = f"{address}/api/front/start/{start_time}/end/{start_time + length_s}/clip.mp4"
    began = time.monotonic()
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310
        data = answer.read(1)
        first_byte_s = time.monotonic() - began
        while b"mdat" not in data[-(1 << 16) - 8 :]:
            data += answer.read(1 << 16)
        return Timing(first_byte_s, time.monotonic() - began)


def drop_cache(files: Sequence[Path]) -> None:
    """Have the kernel forget the contents of files. Source: posix_fadvise(2)."""
    for file in files:
        fd = os.open(file, os.O_RDONLY)
        os.fsync(fd)
        os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(fd)


def measure(address: str, rows: Sequence[Segment], root: Path, rounds: int) -> Iterator[str]:
    """Lines of the table; each request asks for another range, so that nothing is remembered."""
    files = [root / row.path for row in rows]
    shift_s = 0.0
    for length_s in LENGTHS_S:
        for is_cold in (False, True):
            timings, stalled_s, began = [], stalled_seconds(), time.monotonic()
            for _ in range(rounds):
                if is_cold:
                    drop_cache(files)
                shift_s += 0.001
                timings.append(ask(address, rows[0].start_time + shift_s, length_s))
            stalled = 100 * (stalled_seconds() - stalled_s) / (time.monotonic() - began)
            cache = "cold" if is_cold else "warm"
            yield f"| {length_s // 60} min, {cache} | {_figures(timings)} | {stalled:.0f} |"


def _figures(timings: Sequence[Timing]) -> str:
    firsts = sorted(1000 * one.first_byte_s for one in timings)
    headers = [1000 * one.header_s for one in timings]
    middle = statistics.median(firsts)
    return f"{middle:.0f} ({firsts[0]:.0f} … {firsts[-1]:.0f}) | {statistics.median(headers):.0f}"


def serve(kind: str, folder: Path) -> None:
    """The child: record, say where, answer until killed."""
    clip, root = draw_round(folder), folder / "media"
    (root / "recordings").mkdir(parents=True)
    make = record_frigates if kind == "frigate" else record_ours
    rows = make(clip, root / "recordings")
    with served_footage(root, rows, folder) as address:
        (folder / "address").write_text(address)
        time.sleep(3600)  # ended from outside


def run(kind: str, rounds: int) -> None:
    """One table."""
    from picket.store.database import open_database
    from picket.store.segments import find_segments

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = subprocess.Popen(
            [sys.executable, "-m", "bench.first_byte", "--child", kind, str(folder)]
        )
        try:
            told = folder / "address"
            address = wait_for(lambda: told.read_text() if told.exists() else "", 600, "server")
            db = open_database(folder / "index.db", read_only=True)
            rows = find_segments(db, "front", 0.0, START + 2 * HOUR_S)
            db.close()
            for line in measure(address, rows, folder / "media" / "recordings", rounds):
                print(f"| {kind} {line}", flush=True)
        finally:
            end_tree(server)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.first_byte", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="requests for each line")
    parser.add_argument("--kind", choices=["ours", "frigate"], action="append")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.child:
        serve(wanted.child[0], Path(wanted.child[1]))
        return
    print("| files | clip | first byte, ms | header, ms | stalled % |")
    print("| --- | --- | ---: | ---: | ---: |")
    for kind in wanted.kind or ("ours", "frigate"):
        run(kind, wanted.rounds)


if __name__ == "__main__":
    main()
