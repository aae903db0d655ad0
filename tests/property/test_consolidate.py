"""Consolidation only ever takes away, and has nothing left to take away the second time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.detect.consolidate import consolidate
from picket.detect.regions import RegionRules, square_around
from picket.domain.detection import Detection
from picket.domain.geometry import Box

SIZE = (1280, 720)
RULES = RegionRules(*SIZE, input_side=320)
boxes = st.builds(
    lambda x, y, w, h: Box(x, y, min(x + w, SIZE[0]), min(y + h, SIZE[1])),
    st.integers(0, 1270),
    st.integers(0, 710),
    st.integers(1, 700),
    st.integers(1, 700),
)
detections = st.builds(
    lambda label, score, box: Detection(label, score, box, square_around(box, 320, RULES)),
    st.sampled_from(["person", "car", "face"]),
    st.floats(0, 1),
    boxes,
)


@given(found=st.lists(detections, max_size=8))
def test_consolidating_twice_changes_nothing(found: list[Detection]) -> None:
    once = consolidate(found, *SIZE)
    assert set(once) <= set(found)
    assert set(consolidate(once, *SIZE)) == set(once)
    assert {d.label for d in once} == {d.label for d in found}
