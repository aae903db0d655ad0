"""Processes are named by what they do, not by when they were started."""

from __future__ import annotations

import threading

from picket.domain.status import CameraState, CameraStatus
from picket.ipc.log_ring import make_log_block
from picket.runtime.serving.process import LiveView
from picket.runtime.wiring import make_wires
from tests.support.servers import wait_for
from tests.unit.runtime.test_wiring import close_all, config


def test_a_worker_keeps_its_number_when_it_is_started_again() -> None:
    wires = make_wires(config("a", "b"), [("a",), ("b",)], make_log_block())
    view, is_over = LiveView(wires.server), threading.Event()
    listener = threading.Thread(target=view.listen, args=(is_over,))
    listener.start()
    try:
        for worker, pid in zip(wires.workers, (900, 20), strict=True):
            status = CameraStatus(worker.cameras[0], CameraState.ONLINE, 0.0, pid=pid)
            worker.server.send(status)
        wait_for(lambda: len(view.cameras()) == 2, 10, "status of both")
        assert view.processes()["cameras:0"] == view.processes()["recording"] == 900
        assert view.processes()["cameras:1"] == 20
    finally:
        is_over.set()
        listener.join()
        close_all(wires)
