"""What holds for every walk through a zone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.config.zones import ZoneConfig
from picket.domain.geometry import Box
from picket.events.zones import Presence, Visitor, compile_zones, step_presence

INSIDE, OUTSIDE = (400, 100), (100, 100)
BOX = Box(0, 0, 10, 10)


@given(steps=st.lists(st.booleans(), max_size=40), inertia=st.integers(1, 6))
def test_presence_needs_inertia_frames_and_then_follows_the_foot(
    steps: list[bool], inertia: int
) -> None:
    config = ZoneConfig(coordinates="320,0,639,0,639,359,320,359", inertia=inertia)
    zones = compile_zones({"gate": config}, 640, 360)
    presence, has_entered = Presence(), False
    for number, is_inside in enumerate(steps, start=1):
        visitor = Visitor("person", BOX, INSIDE if is_inside else OUTSIDE, 0.8)
        presence = step_presence(presence, visitor, zones)
        is_present = presence.current == ("gate",)
        if has_entered:
            assert is_present is is_inside
        if is_present:
            assert is_inside
            assert sum(steps[:number]) >= inertia
        has_entered = has_entered or is_present
        assert presence.entered == (("gate",) if has_entered else ())
