"""A model that takes a given time for each look, behind DeepStack's protocol on loopback."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from multiprocessing import get_context
from multiprocessing.connection import Connection

import cv2
import numpy as np

from picket.config.detectors import DetectorConfig
from picket.detect.load import Backend, load_backend
from picket.ipc.messages import FoundObject
from tests.support.labelling_service import read_form
from tests.support.servers import DATA

SIDE_PX = 416
START_S = 60.0
SPAWN = get_context("spawn")


@contextmanager
def slow_model(look_ms: float) -> Iterator[str]:
    """The address of a server that finds what YOLOX-nano finds, in this time if that is enough.

    It answers one after the other, in a process of its own.
    """
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=_serve, args=(there, look_ms), daemon=True)
    process.start()
    there.close()  # so that one who ends at once is not waited for
    try:
        if not here.poll(START_S):
            raise TimeoutError("the slow model does not start")
        yield f"http://127.0.0.1:{here.recv()}/v1/vision/detection"
    finally:
        process.kill()
        process.join()


def _serve(parent: Connection, look_ms: float) -> None:
    cv2.setNumThreads(1)
    path = str(DATA / "models" / "yolox_nano.onnx")
    config = DetectorConfig.model_validate(
        {"type": "onnx", "num_threads": 1, "model": {"path": path, "model_type": "yolox"}}
    )
    backend = load_backend(config)

    class Handler(_Handler):
        model = backend
        look_s = look_ms / 1000

    with _Server(("127.0.0.1", 0), Handler) as server:
        parent.send(server.server_port)
        server.serve_forever()


class _Server(HTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked may be ended at any time."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes
    model: Backend
    look_s: float

    def do_POST(self) -> None:
        began = time.monotonic()
        body = self.rfile.read(int(self.headers["Content-Length"]))
        jpeg = read_form(self.headers["Content-Type"], body, "image").file
        picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
        assert picture is not None
        found = [_told(one) for one in self.model.infer(picture.astype(np.uint8, copy=False))]
        answer = json.dumps({"success": True, "predictions": found}).encode()
        time.sleep(max(began + self.look_s - time.monotonic(), 0.0))  # the time is the point
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: object) -> None:
        pass


def _told(found: FoundObject) -> dict[str, object]:
    return {
        "label": found.label,
        "confidence": found.score,
        "x_min": found.x1 * SIDE_PX,
        "y_min": found.y1 * SIDE_PX,
        "x_max": found.x2 * SIDE_PX,
        "y_max": found.y2 * SIDE_PX,
    }
