"""What is left of a span when others are taken out of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.timespan import TimeSpan, holes

spans = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda ends: TimeSpan(*sorted(ends)))


@given(span=spans, covers=st.lists(spans, max_size=5))
def test_each_instant_is_in_a_hole_or_covered_and_never_both(
    span: TimeSpan, covers: list[TimeSpan]
) -> None:
    found = holes(span, covers)
    for tick in range(21):
        instant = TimeSpan(tick, tick + 1)
        is_covered = any(instant.overlaps(cover) for cover in covers)
        in_hole = sum(instant.overlaps(hole) for hole in found)
        assert in_hole == int(instant.overlaps(span) and not is_covered)


@given(span=spans, covers=st.lists(spans, max_size=5))
def test_holes_are_in_order_and_none_is_empty(span: TimeSpan, covers: list[TimeSpan]) -> None:
    found = holes(span, covers)
    assert found == sorted(found, key=lambda hole: hole.start_time)
    assert all(hole.duration_s > 0 for hole in found)
