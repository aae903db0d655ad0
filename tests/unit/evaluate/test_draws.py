from __future__ import annotations

from picket.domain.ids import timed_id
from picket.evaluate.draws import SeededDraws


def test_every_run_draws_the_same_and_every_draw_another() -> None:
    first, second = SeededDraws(), SeededDraws()
    names = [timed_id(1.0, first()) for _ in range(50)]
    assert names == [timed_id(1.0, second()) for _ in range(50)]
    assert len(set(names)) == 50
