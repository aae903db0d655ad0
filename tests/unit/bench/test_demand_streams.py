from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.demand_streams import (
    FORMS,
    STILL_S,
    TOLERANCE_S,
    Form,
    behind_stillness,
    make_stream,
    still_frames,
)
from picket.evaluate.truth.values import TrueObject, Truth
from tests.support.servers import DATA
from tests.unit.evaluate.samples import box, true_box

CLIP = DATA / "videos" / "ir_hallway_empty_mode_switch_short.mp4"
CLIP_FPS, CLIP_FRAMES = 6, 107


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_stream_is_a_still_picture_and_every_frame_of_its_clip(
    form: Form, tmp_path: Path
) -> None:
    target = tmp_path / "stream.mp4"
    make_stream(form, CLIP, CLIP_FPS, target)
    with av.open(str(target)) as source:
        packets = [packet for packet in source.demux(video=0) if packet.size]
        codec = source.streams.video[0].codec_context.name
    assert len(packets) == still_frames(CLIP_FPS) + CLIP_FRAMES
    assert codec == ("hevc" if form.codec == "libx265" else "h264")
    keyframes = [n for n, packet in enumerate(packets) if packet.is_keyframe]
    gop = None if form.keyframe_s is None else CLIP_FPS * form.keyframe_s
    steps = {after - before for before, after in pairwise(keyframes)}
    reorders = any(packet.pts != packet.dts for packet in packets)
    assert reorders == ("bframes=3" in form.params)
    assert keyframes == [0] if gop is None else gop in steps


def test_forms_have_names_of_their_own() -> None:
    assert len({form.name for form in FORMS}) == len(FORMS)


@given(st.integers(1, 60), st.floats(0, 100), st.floats(0.1, 100))
def test_who_comes_later_comes_as_much_later_as_the_picture_stands(
    fps: int, start_s: float, length_s: float
) -> None:
    one = TrueObject("person 1", "person", start_s, start_s + length_s)
    (later,) = behind_stillness(Truth(frozenset(("person",)), (one,)), fps).objects
    assert later.end_s == pytest.approx(one.end_s + STILL_S, abs=0.5 / fps)
    is_there = start_s <= TOLERANCE_S
    assert later.start_s == (0 if is_there else pytest.approx(start_s + STILL_S, abs=0.5 / fps))
    assert replace(later, start_s=0, end_s=0) == replace(one, start_s=0, end_s=0)


def test_boxes_of_the_first_picture_stand_in_every_frame_before_the_clip() -> None:
    first, second = (true_box(box(10)),), (true_box(box(20)),)
    truth = Truth(frozenset(("person",)), boxes={1: first, 2: second})
    boxes = behind_stillness(truth, 5).boxes
    assert boxes is not None
    count = still_frames(5)
    assert {n: boxes[n] for n in range(1, count + 2)} == dict.fromkeys(range(1, count + 2), first)
    assert boxes[count + 2] == second
    assert len(boxes) == count + 2
