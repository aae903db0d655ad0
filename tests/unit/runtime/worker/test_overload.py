from __future__ import annotations

import pytest

from picket.runtime.worker.overload import CALM_S, PATIENCE_S, Load, Overload, why_overloaded


@pytest.mark.parametrize(
    ("load", "told"),
    [
        (Load(due_fps=5, skipped_fps=0, look_fps=8, shed_fps=0), ""),
        (Load(due_fps=5, skipped_fps=0, look_fps=8, shed_fps=0.4), ""),
        (Load(due_fps=0, skipped_fps=0, look_fps=0, shed_fps=0), ""),
        (Load(5, 1.25, 8, 0), "decoding: 1.2 of 5.0 frames a second are skipped"),
        (Load(5, 0, 6, 2), "detector: 2.0 of 8.0 looks a second are left out"),
    ],
)
def test_what_is_too_slow_is_named(load: Load, told: str) -> None:
    why = why_overloaded(load)
    assert why.startswith(told)
    assert bool(why) == bool(told)


def test_both_may_be_too_slow() -> None:
    why = why_overloaded(Load(due_fps=5, skipped_fps=1, look_fps=6, shed_fps=2))
    assert "decoding:" in why
    assert "; detector:" in why


def test_overload_is_shown_at_once_and_logged_once_when_it_lasts_and_when_it_ends(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    overload = Overload("yard")
    for second in range(60):
        overload.update("decoding: too much" if second % 3 == 0 else "", 100.0 + second)
        assert (overload.since, overload.reason) == (100.0, "decoding: too much")
    assert caplog.messages == ["camera yard is overloaded: decoding: too much"]
    overload.update("", 157.0 + CALM_S - 1)
    assert overload.since
    overload.update("", 157.0 + CALM_S)
    assert (overload.since, overload.reason) == (0.0, "")
    assert caplog.messages[1:] == ["camera yard is no longer overloaded"]


def test_a_moment_of_overload_is_not_worth_a_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    overload = Overload("yard")
    overload.update("detector: too slow", 100.0)
    overload.update("detector: too slow", 99.0 + PATIENCE_S)
    overload.update("", 100.0 + PATIENCE_S + CALM_S)
    assert not overload.since
    assert not caplog.messages
