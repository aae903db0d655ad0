from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.api.activity import Footage, Steps, running_events
from picket.store.activity import EventSpan

HOUR = Steps.of(1000.0, 4600.0, 60.0)
Span = tuple[float, float, float]  # start, end, motion
times = st.floats(0.0, 6000.0)


def footage(spans: Sequence[Span]) -> Footage:
    return Footage.of(np.array(spans, np.float64).reshape(-1, 3))


def test_steps_cover_the_whole_range() -> None:
    assert (HOUR.count, HOUR.edges[0], HOUR.edges[-1]) == (60, 1000.0, 4600.0)
    assert Steps.of(0.0, 61.0, 60.0).count == 2
    assert Steps.of(5.0, 5.0, 60.0).count == 0


def test_a_segment_is_shared_among_the_steps_it_lies_in() -> None:
    spans = [(1030.0, 1090.0, 0), (1090.0, 1120.0, 0)]
    assert footage(spans).recorded_shares(HOUR)[:3] == [0.5, 1.0, 0.0]


def test_motion_is_the_root_of_the_share_that_moved() -> None:
    # 1 % of a picture of 100 px^2 a second, for the whole first step
    assert footage([(1000.0, 1060.0, 60)]).motion_levels(HOUR, 100.0)[:2] == [
        0.1,
        0.0,
    ]
    assert footage([(1000.0, 1060.0, 10**9)]).motion_levels(HOUR, 100.0)[0] == 1.0


def test_an_event_counts_in_every_step_it_touches() -> None:
    spans = [EventSpan(1010.0, 1130.0), EventSpan(1060.0, 1060.0), EventSpan(4500.0, None)]
    counts = running_events(HOUR, spans)
    assert counts[:4] == [1, 2, 1, 0]
    assert counts[-3:] == [0, 1, 1]


def test_without_anything_there_are_noughts() -> None:
    assert footage([]).recorded_shares(HOUR) == footage([]).motion_levels(HOUR, 1.0) == [0.0] * 60
    assert running_events(HOUR, []) == [0] * 60


@given(st.lists(st.tuples(times, st.floats(0.1, 400.0), st.integers(0, 500)), max_size=20))
def test_what_is_recorded_and_moved_is_all_in_the_steps(
    parts: list[tuple[float, float, int]],
) -> None:
    """Segments one after the other, all inside the range."""
    steps, at, spans = Steps.of(0.0, 20_000.0, 100.0), 0.0, list[Span]()
    for pause, length, motion in parts:
        start = at + pause / 20
        spans.append((start, start + length, motion))
        at = start + length
    total_s = sum(end - start for start, end, _ in spans)
    assert sum(footage(spans).recorded_shares(steps)) * 100.0 == pytest.approx(
        total_s, abs=0.06 * 200
    )
    moved = sum(level**2 for level in footage(spans).motion_levels(steps, 1000.0)) * 100.0 * 1000.0
    assert moved == pytest.approx(sum(motion for _, _, motion in spans), abs=0.002 * 1e5 * 20)


@given(st.lists(st.tuples(times, st.none() | st.floats(0.0, 3000.0)), max_size=30))
def test_counts_of_events_are_those_of_a_plain_loop(
    parts: list[tuple[float, float | None]],
) -> None:
    spans = [EventSpan(start, None if more is None else start + more) for start, more in parts]
    steps = Steps.of(1000.0, 3000.0, 130.0)
    overlapping = [s for s in spans if (s.end_time is None or s.end_time > 1000.0)]
    expected = [
        sum(
            1
            for s in overlapping
            if s.start_time < steps.start_time + 130.0 * (n + 1)
            and (
                s.end_time is None
                or s.end_time > steps.start_time + 130.0 * n
                or s.start_time >= steps.start_time + 130.0 * n
            )
        )
        for n in range(steps.count)
    ]
    inside = [s for s in overlapping if s.start_time < 1000.0 + 130.0 * steps.count]
    assert running_events(steps, inside) == expected
