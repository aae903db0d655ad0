from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.ptz.commands import Turn
from picket.ptz.travel import (
    Measured,
    Travel,
    calibration_moves,
    fit_travel,
    from_weights,
    to_weights,
)

SECONDS = st.floats(0.05, 2.0)


@given(SECONDS, SECONDS, SECONDS)
def test_the_lines_of_a_steady_camera_are_found(
    pause_s: float, pan_s: float, tilt_s: float
) -> None:
    camera = Travel(pause_s, pan_s, tilt_s)
    found = fit_travel([Measured(turn, camera.duration_s(turn)) for turn in calibration_moves()])
    assert found is not None
    assert (found.pause_s, found.pan_s, found.tilt_s) == pytest.approx((pause_s, pan_s, tilt_s))


@given(SECONDS, SECONDS, SECONDS, st.lists(st.floats(0, 0.1), min_size=16, max_size=16))
def test_a_late_answer_now_and_then_changes_little(
    pause_s: float, pan_s: float, tilt_s: float, late_s: list[float]
) -> None:
    camera = Travel(pause_s, pan_s, tilt_s)
    moves = zip(calibration_moves(), late_s, strict=True)
    found = fit_travel([Measured(turn, camera.duration_s(turn) + late) for turn, late in moves])
    assert found is not None
    for turn in calibration_moves():
        assert found.duration_s(turn) == pytest.approx(camera.duration_s(turn), abs=0.15)


def test_the_moves_end_where_they_began() -> None:
    moves = calibration_moves()
    assert (sum(turn.pan for turn in moves), sum(turn.tilt for turn in moves)) == (0, 0)
    assert max(abs(part) for turn in moves for part in (turn.pan, turn.tilt)) <= 1


def test_few_moves_are_no_line() -> None:
    assert fit_travel([Measured(Turn(0.5, 0), 1.0)] * 7) is None


def test_a_camera_that_needs_half_a_minute_was_measured_wrongly() -> None:
    slow = [Measured(turn, 30.0) for turn in calibration_moves()]
    assert fit_travel(slow) is None


def test_a_camera_at_its_stop_costs_nothing_but_never_less() -> None:
    found = fit_travel([Measured(turn, 0.6 - 0.2 * abs(turn.tilt)) for turn in calibration_moves()])
    assert found is not None
    assert found.tilt_s == 0


@given(SECONDS, SECONDS, SECONDS)
def test_weights_are_read_as_they_were_written(pause_s: float, pan_s: float, tilt_s: float) -> None:
    read = from_weights(to_weights(Travel(pause_s, pan_s, tilt_s)))
    assert read is not None
    assert (read.pause_s, read.pan_s, read.tilt_s) == pytest.approx(
        (pause_s, pan_s, tilt_s), abs=1e-3
    )


@pytest.mark.parametrize("weights", [(), ("0", "1", "0", "0", "0"), ("0", "1", "-1", "3", "3")])
def test_what_no_camera_does_is_no_line(weights: tuple[str, ...]) -> None:
    assert from_weights(weights) is None


def test_both_motors_run_at_once() -> None:
    assert Travel(0.5, 2.0, 1.0).duration_s(Turn(-0.5, 0.5)) == 1.5
