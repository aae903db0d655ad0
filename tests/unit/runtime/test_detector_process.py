"""A detector that cannot look for a while, with a real pipe and a real server."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from picket.config.detectors import DetectorConfig
from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.ipc.channel import make_channel
from picket.runtime.detector_client import DetectorPool
from picket.runtime.detector_process import run_detector
from picket.runtime.wiring import DetectorWires
from tests.support.deepstack_server import DeepStackServer, deepstack_server
from tests.support.servers import wait_for
from tests.unit.runtime.detector_side import delivering, make_ends

REGION = Box(0, 0, 160, 160)


@contextmanager
def watched(server: DeepStackServer) -> Iterator[DetectorPool]:
    """A camera's view of a detector that asks this server."""
    config = DetectorConfig.model_validate(
        {"type": "deepstack", "api_url": server.url, "api_timeout": 10}
    )
    ends, (status, told), stop = make_ends(), make_channel(), threading.Event()
    wires = DetectorWires((ends.detector,), status)
    thread = threading.Thread(target=run_detector, args=(config, "far", wires, stop), daemon=True)
    pool = DetectorPool({"far": ends.worker}, {"far": "deepstack"})
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


def test_a_server_that_fails_makes_the_camera_blind_until_it_is_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    frame = Frame(1.0, np.full((160 * 3 // 2, 160), 16, np.uint8))
    with caplog.at_level(logging.INFO), deepstack_server() as server, watched(server) as pool:
        assert pool.detect(frame, [REGION]) == []
        server.instead = (500, b"oops")
        assert [pool.detect(frame, [REGION]) for _ in range(3)] == [None] * 3
        server.instead = None
        assert pool.detect(frame, [REGION]) == []
    told = [message for message in caplog.messages if message.startswith("detector far ")]
    assert [message.split(" (")[0].split(":")[0] for message in told] == [
        "detector far runs deepstack",
        "detector far is blind",
        "detector far looks again",
    ]
