from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from picket.domain.errors import Unavailable
from picket.domain.resident import ResidentView, Whereabouts
from picket.ipc.channel import Channel, make_channel, wait_readable
from picket.ipc.log_ring import make_log_block
from picket.ipc.messages import (
    Change,
    ForgetResidents,
    ObjectChanged,
    PictureTaken,
    ResidentsAnswer,
    ResidentsAsked,
)
from picket.runtime.server_process import LiveView
from picket.runtime.topic_hub import News
from picket.runtime.wiring import ServerWires
from tests.support.servers import wait_for
from tests.unit.topics.samples import AFTER, BEFORE, scene

NEWS: list[News] = [
    scene(),
    ObjectChanged(Change.NEW, BEFORE, AFTER),
    PictureTaken("front", "person", b"jpeg"),
    scene(labels={"person": 1}),
]


@pytest.fixture
def pipes() -> Iterator[tuple[ServerWires, Channel]]:
    keeper, worker, main = make_channel(), make_channel(), make_channel()
    workers: dict[tuple[str, ...], Channel] = {("front",): worker[0]}
    yield (
        ServerWires({}, {}, workers, (), keeper[0], main=main[0], logs=make_log_block()),
        worker[1],
    )
    for end in (*keeper, *worker, *main):
        end.close()


def test_what_workers_tell_is_announced_in_its_order(pipes: tuple[ServerWires, Channel]) -> None:
    wires, worker = pipes
    told: list[News] = []
    view, stop = LiveView(wires, told.append), threading.Event()
    for message in NEWS:
        worker.send(message)
    listener = threading.Thread(target=view.listen, args=(stop,), daemon=True)
    listener.start()
    try:
        wait_for(lambda: len(told) == len(NEWS), 10, "news")
    finally:
        stop.set()
        listener.join(10)
    assert told == NEWS


def test_a_worker_is_asked_what_stands_about_and_told_what_to_forget(
    pipes: tuple[ServerWires, Channel],
) -> None:
    wires, worker = pipes
    car = ResidentView("1.5-a", "car", (0.1, 0.2, 0.3, 0.4), 1.5, 2.5, Whereabouts.MISSED)
    asked: list[object] = []

    def answer() -> None:
        for _ in range(2):
            assert wait_readable([worker], 10)
            message = worker.receive()
            asked.append(message)
            if isinstance(message, ResidentsAsked | ForgetResidents):
                worker.send(ResidentsAnswer(message.request, (car,)))

    view, stop = LiveView(wires), threading.Event()
    threads = [
        threading.Thread(target=view.listen, args=(stop,), daemon=True),
        threading.Thread(target=answer, daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        assert view.residents("front") == (car,)
        assert view.forget_residents("front", "1.5-a") == (car,)
    finally:
        stop.set()
        for thread in threads:
            thread.join(10)
    assert [type(message) for message in asked] == [ResidentsAsked, ForgetResidents]


def test_a_camera_without_a_worker_tells_no_residents(pipes: tuple[ServerWires, Channel]) -> None:
    with pytest.raises(Unavailable, match="back does not tell its residents"):
        LiveView(pipes[0]).residents("back")


def test_libav_is_not_loaded_before_somebody_needs_it() -> None:
    program = "import sys, picket.runtime.server_process; print('av' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert done.stdout == b"False\n"
