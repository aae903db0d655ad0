"""How missing pictures are shared out among kills: every one once, to whoever took it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.support.loss import Kill, Loss, losses, missing_numbers

numbers = st.integers(0, 60)


def kills_at(newest: set[int]) -> list[Kill]:
    return [Kill("keeper", float(n), n) for n in sorted(newest)]


@given(recorded=st.sets(numbers), newest=st.sets(numbers, min_size=1, max_size=4))
def test_each_missing_picture_behind_the_first_kill_is_counted_once(
    recorded: set[int], newest: set[int]
) -> None:
    missing = missing_numbers(recorded, 60)
    counted = sum(one.total for one in losses(kills_at(newest), "front", missing))
    assert counted <= len(missing)
    assert counted >= sum(number > min(newest) for number in missing)


def test_what_is_lost_with_a_kill_and_after_it_is_told_apart() -> None:
    recorded = {*range(18), *range(30, 60)}
    missing = missing_numbers(recorded, 60)
    assert losses(kills_at({5, 20, 50}), "front", missing) == [
        Loss("keeper", "front", 0, 0),
        Loss("keeper", "front", 3, 9),
        Loss("keeper", "front", 0, 0),
    ]


def test_a_hole_that_begins_later_is_the_last_kills() -> None:
    missing = missing_numbers({*range(25), *range(30, 60)}, 60)
    assert [(one.before, one.away) for one in losses(kills_at({20, 31}), "front", missing)] == [
        (0, 5),
        (0, 0),
    ]
