from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.audio.window import (
    FULL_SCALE,
    RATE,
    SILENCE,
    WINDOW_S,
    WINDOW_SAMPLES,
    Samples,
    Window,
    measure,
)


def tone(level: float, pitch_hz: float = 1000.0) -> Samples:
    """A sine whose highest sample is `level`."""
    times = np.arange(WINDOW_SAMPLES) / RATE
    return (level * np.sin(2 * np.pi * pitch_hz * times)).astype(np.float32)


def test_a_window_is_as_long_as_the_model_wants_it() -> None:
    window = Window(100.0, tone(0.1))
    assert WINDOW_S == 0.975
    assert window.end_time == 100.975


def test_a_full_scale_sine_is_3_db_below_the_loudest_possible() -> None:
    loudness = measure(tone(1.0))
    assert loudness.dbfs == pytest.approx(-3.01, abs=0.01)
    assert loudness.rms == pytest.approx(FULL_SCALE / math.sqrt(2), rel=0.001)


def test_silence_has_no_loudness() -> None:
    assert measure(np.zeros(WINDOW_SAMPLES, np.float32)) == SILENCE


@given(st.floats(0.001, 1.0), st.floats(0.1, 0.9))
def test_what_is_quieter_measures_less_and_never_above_full_scale(level: float, of: float) -> None:
    loud, quiet = measure(tone(level)), measure(tone(level * of))
    assert 0 < quiet.rms < loud.rms <= FULL_SCALE
    assert quiet.dbfs < loud.dbfs <= 0
    assert loud.dbfs - quiet.dbfs == pytest.approx(-20 * math.log10(of), abs=0.01)


@given(st.lists(st.integers(-FULL_SCALE, FULL_SCALE - 1), min_size=1, max_size=50))
def test_it_is_the_root_of_the_mean_square_of_16_bit_samples(values: list[int]) -> None:
    samples = np.divide(values, FULL_SCALE, dtype=np.float32)
    expected = math.sqrt(sum(value**2 for value in values) / len(values))
    assert measure(samples).rms == pytest.approx(expected, rel=1e-6)
