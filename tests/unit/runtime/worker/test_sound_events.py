from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from picket.audio.hearing import Sound, SoundBegan, SoundEnded
from picket.domain.overlay import FrameNotes
from picket.ipc.frame_ring import FrameRing
from picket.ipc.messages import Change, EventChanged, Record, SoundChanged
from picket.ipc.ring_size import RingSize, make_ring_block
from picket.media.jpeg import decode_picture
from picket.media.paths import snapshot_names
from picket.runtime.worker.sound_events import SoundEvents
from tests.unit.config.samples import config

SOUND = Sound("100.5-abcdef", "bark", 100.5, 101.475, 0.93)
FRONT = config().cameras["front"]


@pytest.fixture
def ring() -> FrameRing:
    size = RingSize(320, 180)
    return FrameRing(make_ring_block("front", size), size)


def show(ring: FrameRing, frame_time: float) -> None:
    ring.begin(320, 180)[:] = np.uint8(128)
    ring.publish(frame_time, FrameNotes(frame_time))


def test_a_sound_is_written_down_with_what_the_camera_shows(
    ring: FrameRing, tmp_path: Path
) -> None:
    told, news = list[Record](), list[SoundChanged]()
    events = SoundEvents(told.append, news.append, ring, tmp_path, lambda: 101.5)
    show(ring, 101.0)
    events.take(SoundBegan(SOUND), FRONT)
    events.take(SoundEnded(SOUND), FRONT)
    began, ended = (one.event for one in told if isinstance(one, EventChanged))
    assert (began.id, began.label, began.end_time) == (SOUND.id, "bark", None)
    assert began.has_snapshot
    assert decode_picture(began.thumbnail).shape == (175, 311, 3)
    jpeg = (tmp_path / snapshot_names("front", SOUND.id)[0]).read_bytes()
    assert decode_picture(jpeg).shape == (180, 320, 3)
    assert (ended.id, ended.thumbnail) == (SOUND.id, b"")
    assert ended.end_time is not None
    assert news == [
        SoundChanged(Change.NEW, replace(began, thumbnail=b""), 101.5),
        SoundChanged(Change.END, ended, 101.5),
    ]


@pytest.mark.parametrize("frame_time", [None, 50.0])
def test_a_camera_that_shows_nothing_costs_the_picture_alone(
    ring: FrameRing, tmp_path: Path, frame_time: float | None
) -> None:
    told, news = list[Record](), list[SoundChanged]()
    if frame_time is not None:
        show(ring, frame_time)
    events = SoundEvents(told.append, news.append, ring, tmp_path, lambda: 101.5)
    events.take(SoundBegan(SOUND), FRONT)
    (began,) = (one.event for one in told if isinstance(one, EventChanged))
    assert (began.has_snapshot, began.thumbnail, list(tmp_path.iterdir())) == (False, b"", [])
