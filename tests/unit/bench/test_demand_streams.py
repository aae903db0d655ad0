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
    PARTS,
    STILL_S,
    Clip,
    Form,
    make_stream,
    open_clip,
    truth_of_stream,
)
from picket.evaluate.truth.values import TrueObject, Truth
from tests.support.servers import DATA
from tests.unit.evaluate.samples import box, true_box

HALLWAY = DATA / "videos" / "ir_hallway_empty_mode_switch_short.mp4"
FPS, FRAMES = 6, 107
clips = st.builds(Clip, st.just(HALLWAY), st.integers(1, 60), st.integers(PARTS, 5000))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_stream_is_a_still_picture_and_every_frame_of_its_clip(
    form: Form, tmp_path: Path
) -> None:
    target = tmp_path / "stream.mp4"
    clip = open_clip(HALLWAY, FPS)
    make_stream(form, clip, target)
    with av.open(str(target)) as source:
        packets = [packet for packet in source.demux(video=0) if packet.size]
        codec = source.streams.video[0].codec_context.name
    assert clip.frame_count == FRAMES
    assert len(packets) == FRAMES + PARTS * STILL_S * FPS
    assert codec == ("hevc" if form.codec == "libx265" else "h264")
    keyframes = [n for n, packet in enumerate(packets) if packet.is_keyframe]
    gop = None if form.keyframe_s is None else FPS * form.keyframe_s
    steps = {after - before for before, after in pairwise(keyframes)}
    reorders = any(packet.pts != packet.dts for packet in packets)
    assert reorders == ("bframes=3" in form.params)
    times = sorted(float(packet.pts * packet.time_base) for packet in packets if packet.pts)
    assert all(b - a == pytest.approx(1 / FPS, abs=0.01) for a, b in pairwise(times))
    assert keyframes == [0] if gop is None else gop in steps


def test_forms_have_names_of_their_own() -> None:
    assert len({form.name for form in FORMS}) == len(FORMS)


@given(clips)
def test_a_stream_shows_each_frame_of_its_clip_in_order_and_those_that_stand_longer(
    clip: Clip,
) -> None:
    shown = [range(clip.place(n), clip.last_place(n) + 1) for n in range(1, clip.frame_count + 1)]
    assert [number for frames in shown for number in frames] == list(
        range(1, clip.frame_count + PARTS * clip.still_frames + 1)
    )
    longer = [n for n, frames in enumerate(shown, 1) if len(frames) == clip.still_frames + 1]
    assert longer == list(clip.standing)


@given(clips, st.data())
def test_an_object_is_there_from_the_first_frame_that_shows_it_to_the_last(
    clip: Clip, data: st.DataObject
) -> None:
    first = data.draw(st.integers(1, clip.frame_count))
    last = data.draw(st.integers(first, clip.frame_count))
    fps = clip.fps
    one = TrueObject("person 1", "person", (first - 1) / fps, last / fps, height_px=9)
    boxes = {n: (true_box(box(n)),) for n in range(first, last + 1)}
    found = truth_of_stream(Truth(frozenset(("person",)), (one,), boxes), clip)
    assert found.boxes is not None
    (moved,) = found.objects
    assert (moved.start_s, moved.end_s) == pytest.approx(
        ((min(found.boxes) - 1) / fps, max(found.boxes) / fps)
    )
    assert replace(moved, start_s=0, end_s=0) == replace(one, start_s=0, end_s=0)
    assert found.boxes[clip.place(first)] == found.boxes[clip.last_place(first)] == boxes[first]
    assert len(found.boxes) == max(found.boxes) - min(found.boxes) + 1
