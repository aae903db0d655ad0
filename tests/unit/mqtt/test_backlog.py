from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.mqtt.backlog import Backlog
from picket.topics.message import Message

messages = st.builds(
    Message, st.sampled_from(["a", "b", "c", "d"]), st.integers(), retain=st.booleans()
)


def take_all(backlog: Backlog) -> list[Message]:
    found = []
    while (message := backlog.take(0)) is not None:
        found.append(message)
    return found


@given(st.lists(messages, max_size=30), st.integers(1, 8))
def test_what_stays_is_in_order_and_never_too_much(told: list[Message], room: int) -> None:
    backlog = Backlog(room)
    has_fit = [backlog.put(message) for message in told]
    left = take_all(backlog)
    assert len(left) == min(len(told), room)
    assert backlog.lost == has_fit.count(False) == len(told) - len(left)
    rest = iter(told)
    assert all(any(one is other for other in rest) for one in left)  # a subsequence


@given(st.lists(messages, max_size=30), st.integers(4, 8))
def test_the_newest_message_that_is_kept_survives_all_that_is_not(
    told: list[Message], room: int
) -> None:
    """Of four topics, where there is room for one of each."""
    backlog = Backlog(room)
    for message in told:
        backlog.put(message)
    newest = {one.topic: one for one in told if one.retain}
    is_last = {one.topic: one for one in told}
    left = take_all(backlog)
    for topic, message in newest.items():
        assert message in left or not is_last[topic].retain


def test_what_could_not_be_sent_is_next_again() -> None:
    backlog = Backlog(room=2)
    first, second, third = (Message("events", n) for n in (1, 2, 3))
    backlog.put(first)
    backlog.put(second)
    taken = backlog.take(0)
    assert taken is first
    backlog.put_back(taken)
    assert take_all(backlog) == [first, second]
    backlog.put(second)
    backlog.put(third)
    backlog.put_back(first)
    assert take_all(backlog) == [second, third]


def test_what_is_told_anew_is_forgotten() -> None:
    backlog = Backlog()
    for topic in ("front/person", "events", "front/person"):
        backlog.put(Message(topic, 1))
    backlog.forget({"front/person"})
    assert take_all(backlog) == [Message("events", 1)]
