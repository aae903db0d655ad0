"""A clip whose every frame has its own brightness tells which frame was decoded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from picket.domain.errors import MediaError
from picket.domain.segment import MEDIA_TIMESCALE
from picket.media.preview import decode_keyframe, keyframe_before
from tests.support.index_samples import NOON, make_segment
from tests.unit.media.test_still import STEP, Footage


@pytest.fixture(scope="module")
def footage(tmp_path_factory: pytest.TempPathFactory) -> Footage:
    return Footage(tmp_path_factory.mktemp("steps"), b_frames=0)


def test_the_last_keyframe_at_or_before_an_instant_is_chosen() -> None:
    segment = make_segment()  # a keyframe at each even second
    for late_s, second in ((0.0, 0), (1.9, 0), (2.0, 2), (99.0, 8)):
        found = keyframe_before(segment, NOON + late_s)
        assert found is not None
        assert found.start_ticks == second * MEDIA_TIMESCALE
    assert keyframe_before(segment, NOON - 0.1) is None


@pytest.mark.parametrize(("late_s", "number"), [(0.0, 0), (1.9, 0), (2.0, 20), (4.9, 40)])
def test_it_is_decoded_alone_and_made_small(footage: Footage, late_s: float, number: int) -> None:
    fragment = keyframe_before(footage.segment, footage.start_time + late_s)
    assert fragment is not None
    footage.bytes_read = 0
    picture = decode_keyframe(footage.segment, fragment, 48, footage.read)
    assert picture.shape == (48, 80, 3)
    luma = float(picture.mean()) * 219 / 255 + 16
    assert (luma - 20) / STEP == pytest.approx(number, abs=0.7)
    assert footage.bytes_read < footage.segment.size_bytes


def test_what_is_damaged_is_an_error(footage: Footage) -> None:
    fragment = footage.segment.fragments[0]

    def damaged(path: str, offset: int, size: int) -> bytes:
        data = footage.read(path, offset, size)
        return data if offset <= fragment.offset else bytes(size)

    with pytest.raises(MediaError):
        decode_keyframe(footage.segment, fragment, 48, damaged)
    with pytest.raises(MediaError):
        decode_keyframe(footage.segment, replace(fragment, offset=3), 48, footage.read)
