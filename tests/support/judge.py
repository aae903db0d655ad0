"""Judges recorded files: by ffmpeg's complaints, by their times, by flashes and beeps."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from picket.domain.segment import Segment
from picket.media.fmp4 import patch_tfdt

BRIGHT, LOUD = 170, 0.1
QUIET_S = 0.5
"""A mark is what is bright or loud after so much that was not."""


def complaints(files: Sequence[Path]) -> str:
    """What ffmpeg says while it decodes all of each file; empty when it has nothing to say."""
    command = ["ffmpeg", "-nostdin", "-v", "error"]
    for file in files:
        command += ["-i", str(file)]
    for number in range(len(files)):
        command += ["-map", str(number)]
    command += ["-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return done.stderr or ("" if done.returncode == 0 else f"exit code {done.returncode}")


def joined(rows: Sequence[Segment], root: Path, target: Path) -> Path:
    """The segments of one session in one file, as a player of HLS puts them together."""
    base_ticks = 0
    parts = [(root / rows[0].path).read_bytes()[: rows[0].init_size]]
    for row in rows:
        data = (root / row.path).read_bytes()[row.fragments[0].offset : row.size_bytes]
        parts.append(bytes(patch_tfdt(data, base_ticks)))
        base_ticks += sum(fragment.duration_ticks for fragment in row.fragments)
    target.write_bytes(b"".join(parts))
    return target


def decode_times(file: Path) -> dict[str, list[float]]:
    """Decode times of the packets of each track, in seconds."""
    times: dict[str, list[float]] = {}
    with av.open(str(file)) as source:
        for packet in source.demux():
            if packet.dts is not None and packet.time_base is not None:
                time_s = float(packet.dts * packet.time_base)
                times.setdefault(packet.stream.type, []).append(time_s)
    return times


def flashes(file: Path) -> list[float]:
    """When the picture becomes bright, in seconds of the file."""
    with av.open(str(file)) as source:
        frames = source.decode(source.streams.video[0])
        lit = [(float(f.time or 0), f.to_ndarray(format="gray").mean() > BRIGHT) for f in frames]
    return list(_onsets([time_s for time_s, is_lit in lit if is_lit]))


def beeps(file: Path) -> list[float]:
    """When the sound becomes loud, in seconds of the file."""
    loud: list[float] = []
    with av.open(str(file)) as source:
        track = source.streams.audio[0]
        for frame in source.decode(track):
            samples: npt.NDArray[np.float32] = frame.to_ndarray()[0]
            places = np.nonzero(np.abs(samples) > LOUD)[0]
            loud += [float(frame.time or 0) + place / frame.sample_rate for place in places]
    return list(_onsets(loud))


def _onsets(times: Sequence[float]) -> Iterator[float]:
    last = float("-inf")
    for time_s in times:
        if time_s - last > QUIET_S:
            yield time_s
        last = time_s
