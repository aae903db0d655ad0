"""A clip that exists nowhere is the same bytes however it is asked for."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from picket.domain.segment import Segment
from picket.media.progressive import Read, plan_clip
from tests.support.packets import STREAM_WITH_SOUND, WALL, with_sound
from tests.support.recordings import record_packets


@dataclass(frozen=True)
class Footage:
    segments: list[Segment]
    read: Read


@pytest.fixture(scope="module")
def footage() -> Iterator[Footage]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        segments = record_packets(STREAM_WITH_SOUND, with_sound(25), root).segments
        files = {row.path: (root / row.path).read_bytes() for row in segments}
        yield Footage(segments, lambda path, offset, size: files[path][offset : offset + size])


@given(
    start_s=st.floats(0, 24),
    length_s=st.floats(0.1, 25),
    cuts=st.lists(st.floats(0, 1), max_size=5),
)
@settings(deadline=None)
def test_parts_join_to_the_whole(
    footage: Footage, start_s: float, length_s: float, cuts: list[float]
) -> None:
    clip = plan_clip(footage.segments, WALL + start_s, WALL + start_s + length_s, footage.read)
    whole = b"".join(clip.read_range(0, clip.size, footage.read))
    borders = sorted({0, clip.size, *(int(cut * clip.size) for cut in cuts)})
    parts = [b"".join(clip.read_range(a, b, footage.read)) for a, b in itertools.pairwise(borders)]
    assert b"".join(parts) == whole
    assert len(whole) == clip.size
    assert clip.duration_s >= min(length_s, 25 - start_s) - 1e-3
