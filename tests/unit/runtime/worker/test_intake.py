"""What is up first in a worker: reading and recording."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from picket.config.derive import derive
from picket.config.load import parse_config
from picket.config.paths import MediaPaths, prepare_media
from picket.domain.segment import GapReason, Segment
from picket.domain.status import CameraState
from picket.domain.stream import MediaKind, Packet, StreamInfo
from picket.ipc.messages import GapNoted, Record, SegmentWritten
from picket.ipc.packet_ring import make_packet_block
from picket.runtime.settings import Settings
from picket.runtime.wiring import LiveRings
from picket.runtime.worker.intake import Intake
from tests.support.zoo import beeping, pictures, run_ffmpeg, x264


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    clip = tmp_path / "clip.mp4"
    run_ffmpeg(*pictures(10, fps=5), *x264(5), clip)
    return settings_of(tmp_path, clip, {"record": {"enabled": True}})


def settings_of(folder: Path, clip: Path, sections: dict[str, Any]) -> Settings:
    inputs = {"inputs": [{"path": str(clip), "roles": ["detect", "record", "audio"]}]}
    config = {"mqtt": {"enabled": False}, "cameras": {"front": {"ffmpeg": inputs}}}
    media = MediaPaths(folder / "media")
    prepare_media(media)
    return Settings(
        derive(parse_config({**config, **sections})),
        *(folder / "config.yml", media, folder / "index.db", "127.0.0.1", 0),
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


@pytest.mark.parametrize(
    ("listens", "sound", "is_recorded"),
    [(True, "auto", True), (True, "off", False), (False, "auto", True)],
)
def test_sound_goes_to_whoever_is_to_hear_it(
    tmp_path: Path, *, listens: bool, sound: str, is_recorded: bool
) -> None:
    clip, told = tmp_path / "clip.mp4", SimpleQueue[Record]()
    run_ffmpeg(*pictures(10, fps=5), *beeping(10), *x264(5), "-c:a", "aac", clip)
    record = {"enabled": True, "audio": sound}
    sections = {"record": record, "audio": {"enabled": listens}}
    intake = Intake(settings_of(tmp_path, clip, sections), "front", told.put, rings())
    intake.start()
    first = told.get(timeout=20)
    heard = [intake.sound_queue.get(0.5) for _ in range(2)]
    intake.ask_to_stop()
    intake.join(10)
    assert isinstance(first, SegmentWritten)
    assert ("mp4a" in first.segment.codecs) == is_recorded
    assert [isinstance(one, StreamInfo) for one in heard] == [listens, False]
    kinds = [one.kind for one in heard if isinstance(one, Packet)]
    assert kinds == ([MediaKind.AUDIO] if listens else [])


def test_recording_starts_without_the_libraries_of_the_analysis() -> None:
    program = (
        "import sys; import picket.runtime.child, picket.runtime.plan"
        "; import picket.runtime.worker.process; print({'cv2', 'numpy'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert done.stdout == b"set()\n"
