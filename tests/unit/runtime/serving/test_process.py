from __future__ import annotations

import math
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from picket.domain.errors import Unavailable
from picket.domain.gaze import Glance, Standing
from picket.domain.overlay import FrameNotes
from picket.domain.resident import ResidentView, Whereabouts
from picket.domain.status import (
    CameraState,
    CameraStatus,
    DetectorStatus,
    KeeperStatus,
    ProcessLife,
)
from picket.ipc.channel import Channel, make_channel, wait_readable
from picket.ipc.frame_ring import FrameRing
from picket.ipc.log_ring import make_log_block
from picket.ipc.messages import (
    CameraTurned,
    Change,
    ForgetResidents,
    ObjectChanged,
    PictureTaken,
    ResidentsAnswer,
    ResidentsAsked,
    TargetsSeen,
)
from picket.ipc.ring_size import RingSize, make_ring_block
from picket.runtime.serving.process import LiveView
from picket.runtime.serving.topic_hub import News
from picket.runtime.wiring import Ring, ServerWires
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


def test_notes_are_read_without_having_the_camera_decoded(
    pipes: tuple[ServerWires, Channel],
) -> None:
    size = RingSize(16, 16)
    block = make_ring_block("test-server", size)
    writer = FrameRing(block, size)
    view = LiveView(replace(pipes[0], rings={"front": Ring(block, size)}))
    assert view.notes("front") is None
    assert view.notes("nobody") is None
    writer.begin(16, 16)
    writer.publish(1.5, FrameNotes(1.5))
    assert view.notes("front") == FrameNotes(1.5)
    assert writer.asked_monotonic == -math.inf
    view.view("front", lambda frame, _: frame.frame_time)
    assert writer.asked_monotonic > 0


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


def test_who_speaks_is_not_silent_and_who_never_spoke_is_known(
    pipes: tuple[ServerWires, Channel],
) -> None:
    wires, worker = pipes
    view, stop = LiveView(wires), threading.Event()
    assert view.lives() == {
        "keeper": ProcessLife(math.inf, 0),
        "cameras:0": ProcessLife(math.inf, 0, ("front",)),
    }
    assert view.keeper() is None
    worker.send(CameraStatus("front", CameraState.ONLINE, 1.0, pid=7))
    worker.send(KeeperStatus(pid=6))
    worker.send(KeeperStatus(pid=8))
    worker.send(DetectorStatus("cpu", "onnx", 9))
    worker.send(ObjectChanged(Change.NEW, BEFORE, AFTER))
    worker.send(ObjectChanged(Change.UPDATE, AFTER, AFTER))
    listener = threading.Thread(target=view.listen, args=(stop,), daemon=True)
    listener.start()
    try:
        wait_for(view.told, 10, "a measured event")
    finally:
        stop.set()
        listener.join(10)
    lives = view.lives()
    assert lives.keys() == {"keeper", "cameras:0", "detector:cpu"}
    assert all(0 <= one.silent_s < 10 for one in lives.values())
    assert {name: one.restarts for name, one in lives.items() if one.restarts} == {"keeper": 1}
    assert view.told()[AFTER.camera].count == 1
    assert view.processes() == {
        **{"server": os.getpid(), "main": os.getppid(), "keeper": 8},
        **{"cameras:0": 7, "detector:cpu": 9, "recording": 7},
    }


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


@pytest.mark.parametrize("library", ["av", "prometheus_client"])
def test_what_few_need_is_not_loaded_before_somebody_needs_it(library: str) -> None:
    program = f"import sys, picket.runtime.serving.process; print({library!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert done.stdout == b"False\n"


def test_what_a_following_camera_shows_is_handed_on_and_where_it_looks_is_told(
    pipes: tuple[ServerWires, Channel],
) -> None:
    wires, worker = pipes
    seen: list[tuple[str, Glance]] = []
    view, stop = (
        LiveView(wires, follow=lambda camera, glance: seen.append((camera, glance))),
        threading.Event(),
    )
    glance = Glance(3.0, turned_x=-0.2)
    worker.send(TargetsSeen("front", glance))
    listener = threading.Thread(target=view.listen, args=(stop,), daemon=True)
    listener.start()
    try:
        wait_for(lambda: seen, 10, "glance")
        view.tell_standing(Standing("nobody", is_home=False, is_following=False))
        view.tell_standing(Standing("front", is_home=False, is_following=True))
        assert wait_readable([worker], 10)
        assert worker.receive() == CameraTurned("front", is_home=False)
    finally:
        stop.set()
        listener.join(10)
    assert seen == [("front", glance)]
