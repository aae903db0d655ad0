from __future__ import annotations

import pytest

from picket.evaluate.scores.cost import Cost, cost_of
from tests.unit.evaluate.samples import followed, observation


def test_costs_of_videos_add_up() -> None:
    cost = cost_of(observation(followed({}, 50)))
    assert cost == Cost(frames=50, looks=50, duration_s=10.0, took_s=2.0, computed_s=1.0)
    both = cost + Cost(frames=50, looks=150, duration_s=10.0, took_s=2.0, computed_s=3.0)
    assert both.looks_per_frame == 2
    assert both.looks_per_s == 10
    assert both.frames_per_s == 25
    assert both.computed_ms_per_frame == pytest.approx(40)


def test_no_video_has_no_cost() -> None:
    nothing = Cost()
    assert (nothing.looks_per_frame, nothing.looks_per_s, nothing.frames_per_s) == (None,) * 3
