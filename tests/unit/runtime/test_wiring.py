"""Who is wired to whom, and that wires reach a process started afresh."""

from __future__ import annotations

import multiprocessing

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from picket.config.load import parse_config
from picket.config.root import Config
from picket.domain.overlay import FrameNotes
from picket.ipc.channel import wait_readable
from picket.ipc.frame_ring import FrameRing
from picket.ipc.log_ring import make_log_block
from picket.ipc.messages import KeeperReady, ModelAsked
from picket.runtime.wiring import (
    CAMERAS_PER_WORKER,
    LARGEST_FRAME,
    Wires,
    WorkerWires,
    make_wires,
    share_out,
)

CAMERA = {"ffmpeg": {"inputs": [{"path": "rtsp://10.0.0.5/1", "roles": ["detect"]}]}}


def config(*cameras: str, **detect: int) -> Config:
    section = {**CAMERA, "detect": detect}
    return parse_config({"cameras": dict.fromkeys(cameras, section)})


@given(st.integers(0, 60), st.integers(0, 16))
def test_every_camera_has_one_worker_and_workers_are_few_and_even(count: int, cores: int) -> None:
    cameras = [f"cam{n}" for n in range(count)]
    groups = share_out(cameras, cores)
    assert sorted(name for group in groups for name in group) == sorted(cameras)
    assert len(groups) <= max(cores, 1)
    assert all(groups)
    sizes = [len(group) for group in groups]
    assert not sizes or max(sizes) - min(sizes) <= 1
    if count <= cores * CAMERAS_PER_WORKER:
        assert all(size <= CAMERAS_PER_WORKER for size in sizes)


def close_all(wires: Wires) -> None:
    for worker in wires.workers:
        worker.keeper.close()
        worker.server.close()
        for wire in worker.detectors.values():
            wire.channel.close()
    for detector in wires.detectors.values():
        detector.server.close()
        for wire in detector.workers:
            wire.channel.close()
    for end in (*wires.server.workers.values(), *wires.server.detectors, wires.server.keeper):
        end.close()
    for end in (*wires.keeper.workers, wires.keeper.server, wires.main, wires.server.main):
        end.close()


def work(wires: WorkerWires) -> None:
    """A worker that sends one message each way and one frame."""
    wires.keeper.send("to the keeper")
    wires.server.send("to the server")
    for wire in wires.detectors.values():
        wire.crops.map()[:4] = b"crop"
        wire.channel.send(ModelAsked())
    ring = FrameRing(wires.rings["yard"].block, wires.rings["yard"].size)
    ring.begin(320, 180)[:] = 77
    ring.publish(1.5, FrameNotes(1.5))


def test_wires_work_in_a_process_that_was_forked_with_them() -> None:
    wires = make_wires(config("yard", width=320, height=180), [("yard",)], make_log_block())
    process = multiprocessing.get_context("fork").Process(target=work, args=(wires.workers[0],))
    process.start()
    process.join(20)
    assert process.exitcode == 0
    assert wires.keeper.workers[0].receive() == "to the keeper"
    assert wires.server.workers[("yard",)].receive() == "to the server"
    (detector,) = wires.detectors.values()
    assert isinstance(detector.workers[0].channel.receive(), ModelAsked)
    assert detector.workers[0].crops.map()[:4] == b"crop"
    ring = wires.server.rings["yard"]
    found = FrameRing(ring.block, ring.size).view_latest(lambda frame, notes: (frame.copy(), notes))
    assert found is not None
    frame, notes = found
    assert (frame.width, frame.height, notes.frame_time) == (320, 180, 1.5)
    assert bool(np.all(frame.yuv == 77))
    close_all(wires)


def test_every_pair_has_a_pipe_of_its_own() -> None:
    wires = make_wires(config("a", "b"), [("a",), ("b",)], make_log_block())
    for n, (worker, end) in enumerate(zip(wires.workers, wires.keeper.workers, strict=True)):
        end.send(KeeperReady())
        ready = wait_readable([w.keeper for w in wires.workers], 0.0)
        assert ready == [worker.keeper], n
        assert isinstance(worker.keeper.receive(), KeeperReady)
    assert [w.cameras for w in wires.workers] == [("a",), ("b",)]
    assert all(set(w.rings) == set(w.cameras) for w in wires.workers)
    close_all(wires)


def test_a_ring_has_room_for_any_frame_while_the_size_is_not_known() -> None:
    wires = make_wires(config("yard"), [("yard",)], make_log_block())
    assert wires.server.rings["yard"].size == LARGEST_FRAME
    close_all(wires)
