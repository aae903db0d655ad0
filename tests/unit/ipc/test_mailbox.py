from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.ipc.mailbox import Mailbox


def test_what_was_put_is_taken_once_in_its_order() -> None:
    rings: list[int] = []
    inbox = Mailbox[int](lambda: rings.append(1), room=10)
    assert all(inbox.put(n) for n in range(3))
    assert len(rings) == 3
    assert inbox.take() == [0, 1, 2]
    assert inbox.take() == []


@given(st.integers(1, 5), st.lists(st.one_of(st.integers(0, 9), st.just("take")), max_size=40))
def test_what_does_not_fit_is_lost_and_counted(room: int, steps: list[int | str]) -> None:
    inbox = Mailbox[int | str](lambda: None, room)
    put: list[int | str] = []
    taken: list[int | str] = []
    refused = 0
    for step in steps:
        if step == "take":
            taken += inbox.take()
        elif inbox.put(step):
            put.append(step)
        else:
            refused += 1
            assert len(put) - len(taken) == room
    assert taken + inbox.take() == put
    assert inbox.lost == refused
