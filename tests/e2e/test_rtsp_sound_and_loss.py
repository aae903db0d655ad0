"""What only a network does: G.711 over RTSP, and pictures that lose packets on their way."""

from __future__ import annotations

import itertools
import threading
from pathlib import Path

import pytest

from picket.capture.queue import PacketQueue
from picket.capture.reader import InputReader, ReaderTools
from picket.capture.source import SourceSpec, real_clocks
from picket.media.codec.sample_entry import STORED_AUDIO
from picket.record.recorder import Recorder, RecorderSpec
from picket.runtime.worker.recording import Recording, RecordingTools
from tests.support.judge import beeps, complaints, decode_times, flashes, joined
from tests.support.recordings import numbered_draws
from tests.support.servers import rtsp_server, wait_for
from tests.support.zoo import SEGMENT_S, Footage, beeping, pictures, run_ffmpeg, x264

RECORDED_S = 6.0


def record_for_real(url: str, root: Path) -> Footage:
    """Read and record a camera until so much is on the disk."""
    wall, monotonic = real_clocks()
    queue, stop, footage = PacketQueue(1 << 26), threading.Event(), Footage(root)
    numbers = itertools.count()
    tools = ReaderTools(wall, monotonic, lambda: 0.5, lambda: f"session-{next(numbers)}")
    spec = SourceSpec(url, {"rtsp_transport": "udp"}, kept_audio=STORED_AUDIO)
    reader = InputReader("front", spec, [queue], tools, str)
    recording = Recording(
        "front",
        queue,
        Recorder(RecorderSpec(root, "front", SEGMENT_S), numbered_draws),
        RecordingTools(footage.take, lambda _: None, wall, numbered_draws),
    )
    bodies = [
        threading.Thread(target=reader.run, args=(stop,)),
        threading.Thread(target=recording.run),
    ]
    for body in bodies:
        body.start()
    try:
        wait_for(lambda: recorded_s(footage) > RECORDED_S, 40, "footage")
    finally:
        stop.set()
        queue.close()
        for body in bodies:
            body.join(20)
    return footage


def recorded_s(footage: Footage) -> float:
    return sum(row.duration_s for row in footage.rows)


def test_g711_over_rtsp_becomes_aac_in_step(tmp_path: Path) -> None:
    clip = tmp_path / "clip.alaw.mov"
    sound = ["-c:a", "pcm_alaw"]
    run_ffmpeg(*pictures(60), *beeping(60, rate=8000), *x264(), *sound, clip)
    with rtsp_server({"front": clip}) as url:
        footage = record_for_real(f"{url}/front", tmp_path / "recordings")
    assert footage.gaps == {}
    assert complaints(footage.files()) == ""
    assert {row.codecs.partition(",")[2] for row in footage.rows} == {"mp4a.40.2"}
    whole = joined(footage.rows, footage.root, tmp_path / "joined.mp4")
    seen, heard = flashes(whole), beeps(whole)
    for beep in heard[1:-1]:
        assert min(abs(beep - flash) for flash in seen) < 0.05
    assert len(heard) >= RECORDED_S - 2


def test_a_stream_that_loses_packets_is_recorded_in_order_and_to_its_length(tmp_path: Path) -> None:
    clip = tmp_path / "clip.lossy.mov"
    run_ffmpeg(*pictures(60, size="640x360"), *x264(), clip)
    with rtsp_server({"front": clip}) as url:
        footage = record_for_real(f"{url}/front", tmp_path / "recordings")
    for file in footage.files():
        for times in decode_times(file).values():
            assert all(a < b for a, b in itertools.pairwise(times))
    for before, after in itertools.pairwise(footage.rows):
        assert after.start_time == pytest.approx(before.end_time, abs=1.0)
    assert complaints(footage.files()) != "", "nothing was lost, so nothing was shown"
