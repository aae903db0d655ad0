"""The worker's side of a detector, with a real pipe, real shared memory and a small detector."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest

from picket.domain.detection import Detection
from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.look import Answer, Ask, Urgency
from picket.ipc.channel import wait_readable
from picket.ipc.messages import DetectAnswer, DetectAsked, ModelAsked
from picket.runtime.detecting.client import (
    ASK_AFTER_S,
    SILENT_AFTER_S,
    UNDER_WAY,
    Answers,
    DetectorLink,
    DetectorPool,
)
from picket.runtime.detecting.look_turns import Turn
from picket.runtime.wiring import CROP_SLOTS
from tests.unit.runtime.detector_side import MODEL, READY, Ends, answering, delivering, make_ends

REGION = Box(0, 0, 160, 160)
SQUARE = Box(40, 60, 80, 120)


@pytest.fixture
def ends() -> Iterator[Ends]:
    made = make_ends()
    yield made
    made.close()


@pytest.fixture
def other_ends() -> Iterator[Ends]:
    made = make_ends()
    yield made
    made.close()


def frame_with_square() -> Frame:
    yuv = np.full((180 * 3 // 2, 320), 128, np.uint8)
    yuv[:180] = 60
    yuv[SQUARE.y1 : SQUARE.y2, SQUARE.x1 : SQUARE.x2] = 240
    return Frame(1.0, yuv)


def asks(*regions: Box) -> list[Turn]:
    return [Turn(Ask(region, Urgency.NEW), 0.0, float("inf")) for region in regions]


def found_by(pool: DetectorPool) -> tuple[Detection, ...]:
    answer = pool.detect(frame_with_square(), asks(REGION))
    assert answer is not None
    assert answer.looked == (REGION,)
    return answer.found


def pool_of(*ends: Ends, answer_wait_s: float = 5.0) -> DetectorPool:
    wires = {f"d{n}": one.worker for n, one in enumerate(ends)}
    pool = DetectorPool(wires, answer_wait_s)
    for link in pool.links:
        link.deliver(READY)
    return pool


def test_what_a_detector_finds_comes_back_in_pixels_of_the_frame(ends: Ends) -> None:
    pool = pool_of(ends)
    with answering(ends.detector), delivering(pool):
        answer = pool.detect(frame_with_square(), asks(REGION, Box(160, 0, 320, 160)))
    assert answer is not None
    (person,) = answer.found
    assert person.label == "person"
    assert person.region == REGION
    assert person.box.iou(SQUARE) > 0.9
    assert pool.links[0].load == 0


def test_more_frames_than_slots_can_be_looked_at_one_after_the_other(ends: Ends) -> None:
    pool = pool_of(ends)
    with answering(ends.detector), delivering(pool):
        for _ in range(CROP_SLOTS + 3):
            assert found_by(pool)


def test_nothing_is_asked_before_a_detector_has_said_what_it_runs(ends: Ends) -> None:
    pool = DetectorPool({"d": ends.worker})
    assert pool.in_use is None
    assert pool.detect(frame_with_square(), asks(REGION)) is None
    pool.links[0].keep_in_touch()
    assert isinstance(ends.detector.channel.receive(), ModelAsked)
    assert ends.detector.channel.receive() is None


def test_a_detector_that_does_not_answer_in_time_makes_the_camera_blind(ends: Ends) -> None:
    pool = pool_of(ends, answer_wait_s=0.0)
    assert pool.detect(frame_with_square(), asks(REGION)) is None


def ask(link: DetectorLink, answers: Answers) -> int | None:
    asked = link.ask(frame_with_square(), asks(REGION)[0], answers)
    return asked[0] if asked else None


def test_a_late_answer_frees_its_slot_and_disturbs_nobody(ends: Ends) -> None:
    pool = pool_of(ends, answer_wait_s=0.0)
    assert pool.detect(frame_with_square(), asks(REGION)) is None
    late = ends.detector.channel.receive()
    assert late is not None
    assert pool.links[0].load == 1
    pool.links[0].deliver(DetectAnswer(late.request))
    assert pool.links[0].load == 0
    pool.links[0].deliver(DetectAnswer(late.request))  # twice is once


def test_a_detector_with_every_slot_taken_is_not_asked(ends: Ends) -> None:
    link = pool_of(ends).links[0]
    answers: Answers = queue.SimpleQueue()
    numbers = [ask(link, answers) for _ in range(CROP_SLOTS + 1)]
    assert None not in numbers[:-1]
    assert numbers[-1] is None
    assert numbers[0] is not None
    link.deliver(DetectAnswer(numbers[0]))
    assert ask(link, answers) is not None


def test_the_second_detector_helps_when_the_first_is_busy(ends: Ends, other_ends: Ends) -> None:
    pool = pool_of(ends, other_ends)
    busy: Answers = queue.SimpleQueue()
    ask(pool.links[0], busy)
    with answering(other_ends.detector), delivering(pool):
        assert found_by(pool)
    assert pool.links[0].load == 1


def test_a_detector_that_restarts_ends_all_waiting_for_the_old_one(ends: Ends) -> None:
    link = pool_of(ends).links[0]
    answers: Answers = queue.SimpleQueue()
    number = ask(link, answers)
    link.deliver(READY)
    assert link.load == 1, "it only said that it is well"
    link.deliver(replace(READY, pid=READY.pid + 1))
    assert answers.get_nowait() == (number, None)
    assert link.load == 0


def test_a_detector_that_is_gone_for_good_is_not_waited_for() -> None:
    ends = make_ends()
    link = pool_of(ends).links[0]
    answers: Answers = queue.SimpleQueue()
    number = ask(link, answers)
    ends.detector.channel.close()
    while link.load:
        link.deliver(link.channel.receive())
    assert answers.get_nowait() == (number, None)
    ends.close()


def test_a_pipe_that_is_full_is_passed_over_without_a_trace(ends: Ends, other_ends: Ends) -> None:
    pool = pool_of(ends, other_ends)
    while ends.worker.channel.send(b"x" * 50_000):
        pass
    with answering(other_ends.detector), delivering(pool):
        assert len(found_by(pool)) == 1
    assert pool.links[0].load == 0


@pytest.mark.parametrize("side", [200, 900])
def test_a_model_that_takes_any_size_gets_the_region_as_it_is_up_to_a_limit(
    ends: Ends, side: int
) -> None:
    link = DetectorLink("d", ends.worker)
    any_size = type(MODEL)("any", "fake", 0, 0, "bgr", ("person",))
    link.deliver(replace(READY, model=any_size))
    region = Box(0, 0, side, side)
    answers: Answers = queue.SimpleQueue()
    assert link.ask(frame_with_square(), asks(region)[0], answers) is not None
    asked = ends.detector.channel.receive()
    assert asked is not None
    assert (asked.width, asked.height) == ((200, 200) if side == 200 else (720, 720))


@dataclass
class Clock:
    """Time that passes when told."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_detector_that_falls_silent_is_asked_for_a_word_and_then_given_up(ends: Ends) -> None:
    clock = Clock()
    link = DetectorLink("d", ends.worker, clock)
    answers: Answers = queue.SimpleQueue()
    assert "has not started" in link.problem
    link.deliver(READY)
    assert not link.problem
    link.keep_in_touch()
    assert ends.detector.channel.receive() is None
    clock.now += ASK_AFTER_S + 0.1
    link.keep_in_touch()
    assert isinstance(ends.detector.channel.receive(), ModelAsked)
    clock.now += SILENT_AFTER_S
    assert "hangs" in link.problem
    assert ask(link, answers) is None
    link.deliver(READY)
    assert not link.problem
    assert ask(link, answers) is not None


def test_what_a_detector_complains_of_is_told_until_it_answers(ends: Ends) -> None:
    link = pool_of(ends).links[0]
    answers: Answers = queue.SimpleQueue()
    number = ask(link, answers)
    assert number is not None
    link.deliver(DetectAnswer(number, error="the server at ::1 is away"))
    assert answers.get_nowait() == (number, None)
    assert link.problem == "detector d0: the server at ::1 is away"
    number = ask(link, answers)
    assert number is not None
    link.deliver(DetectAnswer(number))
    assert not link.problem


def test_a_camera_with_many_regions_has_only_few_under_way(ends: Ends) -> None:
    pool = pool_of(ends, answer_wait_s=0.0)
    assert pool.detect(frame_with_square(), asks(*[REGION] * 9)) is None
    asked = [ends.detector.channel.receive() for _ in range(UNDER_WAY + 1)]
    assert [isinstance(one, DetectAsked) for one in asked] == [True] * UNDER_WAY + [False]


def test_a_pool_complains_only_when_no_detector_answers(ends: Ends, other_ends: Ends) -> None:
    pool = DetectorPool({"d0": ends.worker, "d1": other_ends.worker})
    assert "d0" in pool.problem
    assert "d1" in pool.problem
    pool.links[1].deliver(READY)
    assert not pool.problem


def test_what_a_detector_has_no_time_for_is_left_out_and_the_rest_counts(ends: Ends) -> None:
    pool = pool_of(ends)
    other = Box(160, 0, 320, 160)
    found = queue.SimpleQueue[object]()
    camera = threading.Thread(
        target=lambda: found.put(pool.detect(frame_with_square(), asks(REGION, other)))
    )
    camera.start()
    first, second = (received(ends) for _ in range(2))
    pool.links[0].deliver(DetectAnswer(first.request, is_shed=True))
    pool.links[0].deliver(DetectAnswer(second.request))
    assert found.get(timeout=10) == Answer((), (other,))
    camera.join(10)
    assert not pool.problem


def test_a_look_whose_time_is_over_is_not_asked_for(ends: Ends) -> None:
    pool = DetectorPool({"d": ends.worker}, monotonic=Clock(100.0))
    pool.links[0].deliver(READY)
    late = [replace(turn, until=99.9) for turn in asks(REGION, REGION)]
    assert pool.detect(frame_with_square(), late) == Answer()
    assert ends.detector.channel.receive() is None
    silent = DetectorPool({"d": ends.worker}, monotonic=Clock(100.0))
    assert silent.detect(frame_with_square(), late) is None, "blind, not busy"


def received(ends: Ends) -> DetectAsked:
    wait_readable([ends.detector.channel], 10.0)
    message = ends.detector.channel.receive()
    assert isinstance(message, DetectAsked)
    return message
