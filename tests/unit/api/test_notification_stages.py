from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.api.notification_stages import STAGES, WHOLE, latency_of, stages_of
from picket.domain.notice import Clock, Delivery, Fate
from tests.unit.notify.samples import NOON, notice

CLOCK = Clock(NOON, NOON + 0.5, NOON + 0.51, NOON + 0.52, NOON + 0.53, NOON + 0.6)


def delivery(clock: Clock, fate: Fate = Fate.DELIVERED, attempts: int = 1) -> Delivery:
    return Delivery(replace(notice(), clock=clock), fate, NOON, attempts, "")


def test_each_stage_counts_from_the_one_before() -> None:
    assert stages_of(CLOCK) == pytest.approx(
        {
            **{"believed": 0.5, "heard": 0.01, "judged": 0.01, "sent": 0.01},
            **{"acknowledged": 0.07, WHOLE: 0.1},
        }
    )


def test_what_is_not_known_is_left_out() -> None:
    assert stages_of(Clock(heard=NOON, judged=NOON + 1)) == {"judged": 1}
    assert stages_of(Clock()) == {}


@given(waits=st.lists(st.floats(0, 100), min_size=6, max_size=6))
def test_the_stages_after_belief_add_up_to_the_whole(waits: list[float]) -> None:
    instants = [NOON + sum(waits[: n + 1]) for n in range(6)]
    stages = stages_of(Clock(*instants))
    total = sum(stages[name] for name in STAGES[1:])
    assert total == pytest.approx(stages[WHOLE], abs=1e-3)


def test_latency_is_that_of_what_arrived_at_once() -> None:
    slow = replace(CLOCK, acknowledged=NOON + 9)
    told = [
        delivery(CLOCK),
        delivery(replace(CLOCK, acknowledged=NOON + 0.8)),
        delivery(slow, attempts=2),
        delivery(slow, Fate.REFUSED),
    ]
    whole = latency_of(told)[WHOLE]
    assert whole.count == 2
    assert [whole.median, whole.most] == pytest.approx([0.2, 0.3])
    assert latency_of([]) == {}
