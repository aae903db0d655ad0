from __future__ import annotations

import queue
import threading
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from picket.runtime.detecting.look_queue import LookQueue


@dataclass(frozen=True)
class Job:
    due_monotonic: float
    until_monotonic: float = float("inf")
    name: str = ""


def queue_at(*nows: float) -> LookQueue[Job]:
    """A queue whose clock shows these times, the last one for ever."""
    times = list(nows)
    return LookQueue(lambda: times.pop(0) if len(times) > 1 else times[0])


@given(st.lists(st.builds(Job, st.floats(0, 10)), min_size=1, max_size=12))
def test_what_is_due_first_is_next_and_of_equals_what_came_first(jobs: list[Job]) -> None:
    waiting = queue_at(0.0)
    for job in jobs:
        waiting.put(job)
    assert [waiting.take() for _ in jobs] == sorted(jobs, key=lambda job: job.due_monotonic)


def test_what_is_too_late_is_handed_back_and_never_taken() -> None:
    early, late, later = Job(1.0, 5.0), Job(0.0, 3.0), Job(2.0, 6.0)
    waiting = queue_at(4.0)
    for job in (early, late, later):
        waiting.put(job)
    assert waiting.next_late_monotonic() == 3.0
    assert waiting.waiting == 3
    assert waiting.take() == early
    assert waiting.take_late() == [late]
    assert waiting.next_late_monotonic() == 6.0
    assert waiting.take() == later
    assert (waiting.take_late(), waiting.next_late_monotonic()) == ([], float("inf"))


def test_who_waits_for_a_job_gets_the_next_one() -> None:
    waiting, taken = queue_at(0.0), queue.SimpleQueue[Job]()
    thread = threading.Thread(target=lambda: taken.put(waiting.take()), daemon=True)
    thread.start()
    waiting.put(Job(1.0))
    assert taken.get(timeout=10) == Job(1.0)
    thread.join(10)
