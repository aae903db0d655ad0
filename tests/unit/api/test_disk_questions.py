import threading

import pytest

from picket.api.disk_questions import DiskQuestions


def test_an_answer_and_a_refusal_come_through() -> None:
    questions = DiskQuestions()
    assert questions.ask(lambda: 7) == 7
    with pytest.raises(FileNotFoundError):
        questions.ask(lambda: open("/nonexistent/file"))  # noqa: PTH123, SIM115 - it fails
    assert questions.ask(lambda: 8) == 8


def test_nobody_waits_behind_a_disk_that_hangs() -> None:
    questions, asked, answered = (
        DiskQuestions(patience_s=0.01),
        threading.Event(),
        threading.Event(),
    )

    def hang() -> None:
        asked.set()
        answered.wait(20)

    thread = threading.Thread(target=questions.ask, args=(hang,), daemon=True)
    thread.start()
    try:
        assert asked.wait(20)
        with pytest.raises(OSError, match="does not answer"):
            questions.ask(lambda: None)
    finally:
        answered.set()
        thread.join(20)
    assert questions.ask(lambda: "again") == "again"
