"""How long to wait before the next attempt; pure."""

FIRST_S = 1.0
LONGEST_S = 30.0


def retry_delay_s(failures: int, draw: float) -> float:
    """Exponential back-off with jitter, so that cameras behind one switch do not return at once.

    Args:
        failures: attempts in a row that failed, 1 or more.
        draw: a random number in 0..1.

    Source: Brooker 2015, "Exponential Backoff And Jitter" (the "equal jitter" form).
    """
    ceiling = min(FIRST_S * 2.0 ** min(failures - 1, 10), LONGEST_S)
    return ceiling / 2 + draw * ceiling / 2
