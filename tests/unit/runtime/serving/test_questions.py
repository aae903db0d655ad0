"""Questions over a real pipe; the other end is a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from picket.ipc.channel import Channel, make_channel, wait_readable
from picket.runtime.serving.questions import Questions

PATIENCE_S = 10.0


@pytest.fixture
def pipe() -> Iterator[tuple[Channel, Channel]]:
    ends = make_channel()
    yield ends
    for end in ends:
        end.close()


def answer_all(channel: Channel, questions: Questions[str], count: int) -> None:
    """Answer so many questions, the last one first."""
    asked: list[tuple[int, str]] = []
    while len(asked) < count:
        wait_readable([channel], PATIENCE_S)
        message = channel.receive()
        if message is not None:
            asked.append(message)
    for number, word in reversed(asked):
        questions.deliver(number, word.upper())


def test_everyone_gets_his_own_answer(pipe: tuple[Channel, Channel]) -> None:
    near, far = pipe
    questions = Questions[str]()
    answers: dict[str, str | None] = {}

    def ask(word: str) -> None:
        answers[word] = questions.ask(near, lambda number: (number, word), PATIENCE_S)

    askers = [threading.Thread(target=ask, args=(word,)) for word in ("a", "b", "c")]
    for asker in askers:
        asker.start()
    answer_all(far, questions, 3)
    for asker in askers:
        asker.join(PATIENCE_S)
    assert answers == {"a": "A", "b": "B", "c": "C"}


def test_silence_is_no_answer_and_a_late_one_is_dropped(pipe: tuple[Channel, Channel]) -> None:
    questions = Questions[str]()
    assert questions.ask(pipe[0], lambda number: (number, "a"), 0.01) is None
    number, _ = pipe[1].receive() or (0, "")
    questions.deliver(number, "late")
    assert questions.ask(pipe[0], lambda number: (number, "b"), 0.01) is None


def test_a_closed_pipe_is_no_answer_at_once(pipe: tuple[Channel, Channel]) -> None:
    pipe[1].close()
    assert Questions[str]().ask(pipe[0], lambda number: (number, "a"), 3600) is None


def test_another_life_begins_with_another_number(pipe: tuple[Channel, Channel]) -> None:
    numbers = set()
    for _ in range(3):
        Questions[str]().ask(pipe[0], lambda number: numbers.add(number), 0.01)
    assert len(numbers) == 3
