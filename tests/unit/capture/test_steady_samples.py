from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.capture.steady_samples import MAX_SLIP_S, Samples, SteadySamples

RATE, SIZE = 8000, 1024
PACKET = 160


def numbered(first: int, count: int = PACKET) -> Samples:
    """Samples that say their own place in the source."""
    return np.arange(first, first + count, dtype=np.float32)[np.newaxis]


def pieces_of(packets: list[tuple[float, Samples]]) -> list[tuple[float, Samples]]:
    steady = SteadySamples(RATE, 1, SIZE)
    return [piece for time_s, samples in packets for piece in steady.add(time_s, samples)]


def test_samples_without_a_hole_come_out_as_they_went_in() -> None:
    pieces = pieces_of([(n / RATE, numbered(n)) for n in range(0, 8000, PACKET)])
    assert [time_s for time_s, _ in pieces] == pytest.approx([n * SIZE / RATE for n in range(7)])
    joined = np.concatenate([samples[0] for _, samples in pieces])
    assert list(joined) == list(range(7 * SIZE))


def test_a_hole_is_silence_and_what_follows_is_at_its_time() -> None:
    times = [n for n in range(0, 8000, PACKET) if not 1600 <= n < 3200]
    pieces = pieces_of([(n / RATE, numbered(n)) for n in times])
    joined = np.concatenate([samples[0] for _, samples in pieces])
    expected = [n if n < 1600 or n >= 3200 else 0 for n in range(len(joined))]
    assert list(joined) == expected


def test_after_a_long_hole_the_count_begins_anew() -> None:
    pieces = pieces_of([(0.0, numbered(0, 1500)), (60.0, numbered(0, 1500))])
    assert [time_s for time_s, _ in pieces] == [0.0, 60.0]


def test_what_comes_twice_is_left_out() -> None:
    packets = [(n / RATE, numbered(n)) for n in range(0, 8000, PACKET)]
    pieces = pieces_of([*packets[:20], *packets[10:]])
    joined = np.concatenate([samples[0] for _, samples in pieces])
    assert list(joined) == list(range(len(joined)))


@given(steps=st.lists(st.floats(-0.5, 2.5), max_size=60), size=st.integers(1, 3000))
def test_every_sample_lies_at_its_time_and_no_two_pieces_overlap(
    steps: list[float], size: int
) -> None:
    steady = SteadySamples(RATE, 1, SIZE)
    time_s, pieces = 0.0, []
    for step_s in steps:
        time_s = max(time_s + size / RATE + step_s, 0.0)
        told = 1 + time_s + np.arange(size)[np.newaxis] / RATE  # its time, plus 1; silence is 0
        pieces += list(steady.add(time_s, told.astype(np.float32)))
    for (before_s, _), (after_s, _) in pairwise(pieces):
        assert after_s - before_s >= SIZE / RATE - 1e-9
    for start_s, samples in pieces:
        places = np.nonzero(samples[0])[0]
        slips = samples[0][places] - 1 - start_s - places / RATE
        assert np.abs(slips).max(initial=0) <= MAX_SLIP_S + 2 / RATE
