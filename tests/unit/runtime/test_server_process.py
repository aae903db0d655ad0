from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from picket.ipc.channel import Channel, make_channel
from picket.ipc.log_ring import make_log_block
from picket.ipc.messages import Change, ObjectChanged, SceneChanged
from picket.runtime.server_process import LiveView
from picket.runtime.wiring import ServerWires
from tests.support.servers import wait_for
from tests.unit.topics.samples import AFTER, BEFORE, scene

NEWS = [scene(), ObjectChanged(Change.NEW, BEFORE, AFTER), scene(labels={"person": 1})]


@pytest.fixture
def pipes() -> Iterator[tuple[ServerWires, Channel]]:
    keeper, worker, main = make_channel(), make_channel(), make_channel()
    workers: dict[tuple[str, ...], Channel] = {("front",): worker[0]}
    yield ServerWires({}, workers, (), keeper[0], main=main[0], logs=make_log_block()), worker[1]
    for end in (*keeper, *worker, *main):
        end.close()


def test_what_workers_tell_is_announced_in_its_order(pipes: tuple[ServerWires, Channel]) -> None:
    wires, worker = pipes
    told: list[ObjectChanged | SceneChanged] = []
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
