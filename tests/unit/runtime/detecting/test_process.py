"""A detector that cannot look for a while, with a real pipe and a real server."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from picket.config.paths import MediaPaths
from picket.domain.errors import ModelError
from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.look import Answer, Ask, Urgency
from picket.domain.status import ModelInfo
from picket.ipc.channel import make_channel
from picket.ipc.messages import DetectAnswer
from picket.ipc.pulse import Pulse
from picket.runtime.detecting.client import DetectorPool
from picket.runtime.detecting.look_turns import Turn
from picket.runtime.detecting.process import require_room, run_detector
from picket.runtime.settings import Settings
from picket.runtime.wiring import DetectorWires
from tests.support.deepstack_server import DeepStackServer, deepstack_server
from tests.support.servers import wait_for
from tests.unit.config.samples import config as make_config
from tests.unit.runtime.detector_side import delivering, make_ends

REGION = Box(0, 0, 160, 160)
ASKS = [Turn(Ask(REGION, Urgency.NEW), 0.0, float("inf"))]


@contextmanager
def watched(server: DeepStackServer, folder: Path) -> Iterator[DetectorPool]:
    """A camera's view of a detector that asks this server."""
    detector = {"type": "deepstack", "api_url": server.url, "api_timeout": 10}
    settings = Settings(
        make_config(detectors={"far": detector}),
        *(folder / "config.yml", MediaPaths(folder), folder / "index.db", "127.0.0.1", 5000, 0.0),
    )
    ends, (status, told), stop = make_ends(), make_channel(), threading.Event()
    wires = DetectorWires((ends.detector,), status, Pulse())
    arguments = (settings, "far", wires, stop)
    thread = threading.Thread(target=run_detector, args=arguments, daemon=True)
    pool = DetectorPool({"far": ends.worker})
    thread.start()
    try:
        with delivering(pool):
            wait_for(lambda: pool.in_use is not None, 10, "the detector")
            yield pool
    finally:
        stop.set()
        thread.join(10)
        told.close()
        status.close()
        ends.close()


def test_a_server_that_fails_makes_the_camera_blind_until_it_is_back(tmp_path: Path) -> None:
    frame = Frame(1.0, np.full((160 * 3 // 2, 160), 16, np.uint8))
    with deepstack_server() as server, watched(server, tmp_path) as pool:
        assert pool.detect(frame, ASKS) == Answer((), (REGION,))
        server.instead = (500, b"oops")
        assert [pool.detect(frame, ASKS) for _ in range(3)] == [None] * 3
        assert "far: the detector at http://127.0.0.1" in pool.problem
        assert "status 500" in pool.problem
        server.instead = None
        assert pool.detect(frame, ASKS) == Answer((), (REGION,))
        assert pool.problem == ""


def test_a_busy_detector_looks_at_what_is_due_first_and_tells_of_what_is_too_late(
    tmp_path: Path,
) -> None:
    frame = Frame(1.0, np.full((160 * 3 // 2, 160), 16, np.uint8))
    with deepstack_server() as server, watched(server, tmp_path) as pool:
        answers: queue.SimpleQueue[tuple[int, DetectAnswer | None]] = queue.SimpleQueue()
        link, now = pool.links[0], time.monotonic()

        def ask(due: float, until: float = float("inf")) -> int:
            asked = link.ask(frame, Turn(ASKS[0].ask, due, until), answers)
            assert asked is not None
            return asked[0]

        server.held = threading.Event()
        first = ask(now)
        wait_for(lambda: server.posted, 10, "the first look")
        second, third, late = ask(now + 2), ask(now + 1), ask(now, until=now)
        number, answer = answers.get(timeout=10)
        assert (number, answer) == (late, DetectAnswer(late, is_shed=True))
        server.held.set()
        assert [answers.get(timeout=10)[0] for _ in range(3)] == [first, third, second]


def test_a_model_larger_than_the_memory_for_crops_is_refused() -> None:
    require_room(ModelInfo("wide", "yolox", 1920, 640, "bgr", ("person",)))
    with pytest.raises(ModelError, match="huge takes 1920x1920 pixels, and 1280x1280 is the most"):
        require_room(ModelInfo("huge", "yolox", 1920, 1920, "bgr", ("person",)))
