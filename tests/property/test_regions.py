"""Whatever must be seen is seen or waits; nobody asks for more looks than there are."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from picket.detect.covering import cover
from picket.detect.regions import (
    RegionRules,
    Want,
    is_shown,
    is_shown_by_any,
    make_want,
    possible_sides,
    want_object,
)
from picket.domain.geometry import Box
from picket.pipeline.look import LookMemory, plan_look, settle_look
from picket.pipeline.turns import Occasion
from picket.track.tracker import TrackState
from tests.unit.pipeline.scene import HEIGHT, WIDTH, rules

RULES = RegionRules(1280, 720, input_side=416)
CAMERA = rules()


def boxes(width: int, height: int) -> st.SearchStrategy[Box]:
    return st.builds(
        lambda x, y, w, h: Box(x, y, min(x + w, width), min(y + h, height)),
        st.integers(0, width - 1),
        st.integers(0, height - 1),
        st.integers(1, width),
        st.integers(1, height) | st.integers(1, 40),
    )


def wants(region_rules: RegionRules) -> st.SearchStrategy[Want]:
    spots = boxes(region_rules.width, region_rules.height)
    weights = st.integers(1, 5)
    return st.builds(
        lambda box, weight: want_object(box, region_rules, weight=weight), spots, weights
    ) | st.builds(
        lambda box, share, weight: make_want(
            box, box.height, region_rules, share=share, weight=weight
        ),
        spots,
        st.floats(0.5, 1.0),
        weights,
    )


sizes = st.builds(
    RegionRules, st.integers(16, 2000), st.integers(16, 1200), st.sampled_from([256, 320, 640])
)


@given(data=st.data(), region_rules=sizes)
def test_everything_is_shown_when_looks_suffice(
    data: st.DataObject, region_rules: RegionRules
) -> None:
    wanted = data.draw(st.lists(wants(region_rules), max_size=6))
    regions = cover(wanted, region_rules)
    assert all(is_shown_by_any(want, regions) for want in wanted)
    assert len(regions) <= len(wanted)


@given(wanted=st.lists(wants(RULES), max_size=30), looks=st.integers(1, 6))
def test_regions_are_few_square_inside_the_frame_and_each_is_needed(
    wanted: list[Want], looks: int
) -> None:
    regions = cover(wanted, replace(RULES, looks_max=looks))
    assert len(set(regions)) == len(regions) <= looks
    for region in regions:
        assert region.width == region.height
        assert region.width in possible_sides(RULES)
        assert region.clipped(RULES.width, RULES.height) is not None
        assert region.x2 <= RULES.width
        assert region.y2 <= RULES.height or region.y1 == 0
        others = [other for other in regions if other != region]
        mine = [want for want in wanted if is_shown(want, region)]
        assert not all(is_shown_by_any(want, others) for want in mine)


@given(data=st.data(), wanted=st.lists(wants(RULES), max_size=12))
def test_order_makes_no_difference(data: st.DataObject, wanted: list[Want]) -> None:
    assert cover(data.draw(st.permutations(wanted)), RULES) == cover(wanted, RULES)


@given(
    frames=st.lists(st.lists(boxes(WIDTH, HEIGHT), max_size=8), min_size=1, max_size=6),
    looks=st.integers(1, 3),
)
def test_motion_is_looked_at_in_time_and_never_with_more_looks_than_allowed(
    frames: list[list[Box]], looks: int
) -> None:
    camera = replace(CAMERA, regions=replace(CAMERA.regions, looks_max=looks))
    memory, number = LookMemory(scan=()), 0
    for boxes_of_frame in frames:
        number += 1
        occasion = Occasion(number, tuple(boxes_of_frame))
        plan = plan_look(memory, TrackState(), occasion, camera)
        memory, look = settle_look(memory, plan, [ask.region for ask in plan.asks])
        assert len(look.regions) <= looks
        waiting = {spot.box for spot in memory.spots.waiting}
        assert set(boxes_of_frame) <= waiting | set(look.spots)
    for _ in range(sum(map(len, frames))):
        number += 1
        plan = plan_look(memory, TrackState(), Occasion(number), camera)
        memory, _ = settle_look(memory, plan, [ask.region for ask in plan.asks])
    assert memory.spots.waiting == ()
