"""Consolidation only ever takes away, and has nothing left to take away the second time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.detect.consolidate import consolidate
from picket.detect.regions import RegionRules, find_clusters, object_regions, region_of
from picket.domain.detection import Detection
from picket.domain.geometry import Box

SIZE = (1280, 720)
RULES = RegionRules(*SIZE, min_side=320)
boxes = st.builds(
    lambda x, y, w, h: Box(x, y, min(x + w, SIZE[0]), min(y + h, SIZE[1])),
    st.integers(0, 1270),
    st.integers(0, 710),
    st.integers(1, 700),
    st.integers(1, 700),
)
detections = st.builds(
    lambda label, score, box: Detection(label, score, box, region_of(box, 1.2, RULES)),
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


@given(found=st.lists(boxes, max_size=8))
def test_every_box_is_in_exactly_one_cluster_and_fully_in_a_region(found: list[Box]) -> None:
    clusters = find_clusters(found, RULES)
    assert sorted(map(repr, (box for cluster in clusters for box in cluster))) == sorted(
        map(repr, found)
    )
    regions = object_regions(found, RULES)
    assert all(any(region.contains(box) for region in regions) for box in found)


@given(box=boxes, room=st.floats(1, 3))
def test_a_region_is_a_square_that_starts_in_the_frame(box: Box, room: float) -> None:
    region = region_of(box, room, RULES)
    assert region.width == region.height >= RULES.min_side
    assert region.width % 4 == 0
    assert region.x1 >= 0
    assert region.y1 >= 0
    assert region.x2 <= max(SIZE[0], region.width)
    assert region.y2 <= max(SIZE[1], region.width)
