"""What listening costs a camera, next to ffmpeg on the same sound: `python -m bench.listening`.

The floor is what a recorder with a process of its own for sound does before it examines anything:
ffmpeg decodes to one channel of 16-bit samples at 16 kHz. Rounds take turns, so that a busy machine
slows both alike.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from picket.audio.model import open_model
from picket.audio.window import RATE, WINDOW_S, WINDOW_SAMPLES, measure
from picket.capture.plain_sound import PlainSound
from picket.config.audio import AudioConfig
from picket.domain.stream import MediaKind, Packet, TrackInfo
from tests.support.recordings import packets_of, stream_of
from tests.support.servers import DATA

ROUNDS = 7
SOUND_S = 120
KINDS = {"AAC 16 kHz mono": ("16000", "1", "aac"), "AAC 48 kHz stereo": ("48000", "2", "aac")}


@dataclass(frozen=True, slots=True)
class Round:
    """Processor time for all of the sound, in seconds."""

    floor_s: float
    quiet_s: float  # decoded and measured
    loud_s: float  # and every window examined


def make_clip(folder: Path, rate: str, channels: str, codec: str) -> Path:
    """Pink noise under a small picture."""
    clip = folder / f"{rate}-{channels}.mp4"
    sources = (f"anoisesrc=c=pink:r={rate}:d={SOUND_S}", f"color=s=64x64:r=5:d={SOUND_S}")
    inputs = [word for one in sources for word in ("-f", "lavfi", "-i", one)]
    coding = ["-ac", channels, "-c:a", codec, "-c:v", "libx264", "-preset", "ultrafast"]
    subprocess.run(["ffmpeg", "-v", "error", *inputs, *coding, str(clip)], check=True)
    return clip


def read_sound(clip: Path) -> tuple[TrackInfo, list[Packet]]:
    """Track and packets as a camera's reader hands them out."""
    track = stream_of(clip).audio
    assert track is not None
    return track, [one for one in packets_of(clip) if one.kind is MediaKind.AUDIO]


def floor_s(clip: Path) -> float:
    """Processor time of ffmpeg as a child."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    form = ("-vn", "-ac", "1", "-ar", str(RATE), "-f", "s16le", "-")
    subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "fatal", "-i", str(clip), *form],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run_round(clip: Path, track: TrackInfo, packets: Sequence[Packet], audio: AudioConfig) -> Round:
    """Floor and listening, one after the other."""
    base_s, model, sound = floor_s(clip), open_model(audio), PlainSound(track, RATE, WINDOW_SAMPLES)
    started = time.process_time()
    windows = [samples for packet in packets for _, samples in sound.windows(packet)]
    for samples in windows:
        measure(samples)
    quiet_s = time.process_time() - started
    for samples in windows:
        model.classify(samples)
    return Round(base_s, quiet_s, time.process_time() - started)


def describe(name: str, rounds: Sequence[Round]) -> str:
    """One line: shares of a core, and ratios to the floor."""

    def figure(values: Sequence[float], unit: str) -> str:
        median = statistics.median(values)
        return f"{median:.2f}{unit} ({min(values):.2f}..{max(values):.2f})"

    return "; ".join(
        (
            f"{name}: of a core decoded and measured "
            + figure([100 * one.quiet_s / SOUND_S for one in rounds], " %"),
            "and examined " + figure([100 * one.loud_s / SOUND_S for one in rounds], " %"),
            "to ffmpeg " + figure([one.quiet_s / one.floor_s for one in rounds], "x"),
            "and " + figure([one.loud_s / one.floor_s for one in rounds], "x"),
        )
    )


def model_mib(audio: AudioConfig) -> float:
    """Memory that one more model takes."""

    def held_bytes() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()

    kept = [open_model(audio)]
    before = held_bytes()
    kept += [open_model(audio) for _ in range(8)]
    for model in kept:
        model.classify(np.zeros(WINDOW_SAMPLES, np.float32))
    return (held_bytes() - before) / 8 / (1 << 20)


def main() -> None:
    """Print a line for each kind of sound."""
    models = DATA / "models"
    audio = AudioConfig(
        model_path=str(models / "yamnet.tflite"),
        labelmap_path=str(models / "yamnet_labels_521.txt"),
    )
    sys.stdout.write(f"PyAV {av.__version__}, {WINDOW_S} s a window, {ROUNDS} rounds\n")
    with tempfile.TemporaryDirectory() as folder:
        for name, kind in KINDS.items():
            clip = make_clip(Path(folder), *kind)
            track, packets = read_sound(clip)
            rounds = [run_round(clip, track, packets, audio) for _ in range(ROUNDS)]
            sys.stdout.write(describe(name, rounds) + "\n")
    sys.stdout.write(f"a model: {model_mib(audio):.1f} MiB\n")


if __name__ == "__main__":
    main()
