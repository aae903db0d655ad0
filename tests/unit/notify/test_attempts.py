from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.notice import Fate
from picket.notify.attempts import (
    LONGEST_PAUSE_S,
    LONGEST_WISH_S,
    Again,
    Failed,
    PassedOn,
    Refused,
    Taken,
    next_step,
    read_status,
)


def test_what_was_taken_or_refused_is_over() -> None:
    assert next_step(Taken("ok"), 0, 10, 0.5) is Fate.DELIVERED
    assert next_step(Refused("no"), 1, 10, 0.5) is Fate.REFUSED
    assert next_step(PassedOn(), 0, 10, 0.5) is Fate.PASSED_ON


@given(failures=st.integers(1, 10_000), draw=st.floats(0, 1), wish=st.floats(0, 1e6))
def test_pauses_grow_to_a_bound_and_respect_a_wish(failures: int, draw: float, wish: float) -> None:
    step = next_step(Failed("no", retry_after_s=wish), failures, 1e9, draw)
    assert isinstance(step, Again)
    wished = min(wish, LONGEST_WISH_S)
    assert max(0.5, wished) <= step.pause_s <= max(LONGEST_PAUSE_S, wished)
    ceiling = min(2.0 ** min(failures - 1, 20), LONGEST_PAUSE_S)
    assert step.pause_s >= ceiling / 2


@given(failures=st.integers(1, 50), draw=st.floats(0, 1), remaining=st.floats(-10, 1e6))
def test_nobody_waits_for_what_will_have_expired(
    failures: int, draw: float, remaining: float
) -> None:
    step = next_step(Failed("no"), failures, remaining, draw)
    assert step is Fate.EXPIRED or (isinstance(step, Again) and step.pause_s < remaining)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        *((200, Taken), (204, Taken), (299, Taken)),
        *((400, Refused), (410, Refused), (413, Refused), (422, Refused)),
        *((301, Failed), (401, Failed), (403, Failed), (404, Failed), (408, Failed)),
        *((429, Failed), (500, Failed), (503, Failed)),
    ],
)
def test_a_status_is_about_the_message_or_about_the_receiver(
    status: int, kind: type[object]
) -> None:
    outcome = read_status(status, "said so")
    assert isinstance(outcome, kind)
    assert outcome.answer == f"HTTP {status}: said so"


def test_a_receiver_may_say_when_to_come_back() -> None:
    outcome = read_status(429, "", "17")
    assert isinstance(outcome, Failed)
    assert (outcome.retry_after_s, outcome.status) == (17, 429)
    later = read_status(503, "", "Wed, 21 Oct 2026 07:28:00 GMT")
    assert isinstance(later, Failed)
    assert later.retry_after_s == 0
