from hypothesis import given
from hypothesis import strategies as st

from picket.capture.backoff import LONGEST_S, retry_delay_s


@given(st.integers(1, 10_000), st.floats(0.0, 1.0))
def test_the_delay_lies_between_half_and_all_of_a_growing_ceiling(n: int, draw: float) -> None:
    delay = retry_delay_s(n, draw)
    assert 0.5 <= delay <= LONGEST_S
    assert delay <= retry_delay_s(n, 1.0) <= retry_delay_s(n + 1, 1.0)


def test_it_doubles_from_a_second_to_half_a_minute() -> None:
    assert [retry_delay_s(n, 1.0) for n in (1, 2, 3, 6, 7)] == [1.0, 2.0, 4.0, 30.0, 30.0]
