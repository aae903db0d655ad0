"""What is up first in a worker: reading and recording."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from queue import SimpleQueue

import pytest

from picket.config.load import parse_config
from picket.config.paths import MediaPaths, prepare_media
from picket.domain.segment import GapReason, Segment
from picket.domain.status import CameraState
from picket.domain.stream import StreamInfo
from picket.ipc.messages import GapNoted, Record, SegmentWritten
from picket.ipc.packet_ring import make_packet_block
from picket.runtime.intake import Intake
from picket.runtime.settings import Settings
from picket.runtime.wiring import LiveRings
from tests.support.zoo import pictures, run_ffmpeg, x264


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    clip = tmp_path / "clip.mp4"
    run_ffmpeg(*pictures(10, fps=5), *x264(5), clip)
    inputs = {"inputs": [{"path": str(clip), "roles": ["detect", "record"]}]}
    config = {"record": {"enabled": True}, "cameras": {"front": {"ffmpeg": inputs}}}
    media = MediaPaths(tmp_path / "media")
    prepare_media(media)
    return Settings(
        parse_config({"mqtt": {"enabled": False}, **config}),
        *(tmp_path / "config.yml", media, tmp_path / "index.db", "127.0.0.1", 0),
        started_time=0.0,
    )


def rings() -> LiveRings:
    block = make_packet_block("front")
    return {"sub": block, "main": block}


def test_a_camera_is_recorded_before_anybody_analyses_it(settings: Settings) -> None:
    told, closed = SimpleQueue[Record](), SimpleQueue[Segment]()
    intake = Intake(settings, "front", told.put, rings())
    intake.start()
    first = told.get(timeout=20)
    assert isinstance(first, SegmentWritten)
    assert not first.segment.is_closed
    assert (settings.media.recordings / first.segment.path).stat().st_size
    assert intake.detect_status.state is CameraState.ONLINE
    assert isinstance(intake.detect_queue.get(5), StreamInfo)  # who comes later misses nothing
    intake.on_closed = closed.put
    intake.ask_to_stop()
    intake.join(10)
    assert closed.get(timeout=5).id == first.segment.id
    assert (intake.reconnects.total(), intake.dropped_packets) == (0, 0)
    assert (
        intake.files.written_bytes
        >= (settings.media.recordings / first.segment.path).stat().st_size
    )
    assert intake.files.writes.count >= intake.files.syncs.count > 0


def test_a_camera_that_is_not_there_is_tried_again_and_counted_by_cause(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "clip.mp4").unlink()
    told = SimpleQueue[Record]()
    intake = Intake(settings, "front", told.put, rings())
    intake.start()
    try:
        gap = told.get(timeout=20)
        assert isinstance(gap, GapNoted)
        assert gap.gap.reason is GapReason.CAMERA_OFFLINE
        reconnects = intake.reconnects
        assert reconnects.keys() == {GapReason.CAMERA_OFFLINE}
        assert reconnects.total() >= 1
    finally:
        intake.ask_to_stop()
        intake.join(10)


def test_what_is_switched_off_is_not_recorded(settings: Settings) -> None:
    told = SimpleQueue[Record]()
    intake = Intake(settings, "front", told.put, rings())
    intake.switch(is_on=False)
    intake.start()
    assert isinstance(told.get(timeout=20), GapNoted)
    intake.ask_to_stop()
    intake.join(10)
    assert told.empty()


def test_recording_starts_without_the_libraries_of_the_analysis() -> None:
    program = (
        "import sys; import picket.runtime.child, picket.runtime.plan"
        "; import picket.runtime.cameras_process; print({'cv2', 'numpy'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert done.stdout == b"set()\n"
