"""A server that speaks DeepStack's protocol on loopback and finds the white square of a picture."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import cv2
import numpy as np

from picket.domain.frame import Picture
from tests.support.labelling_service import Posted, read_form

PATH = "/v1/vision/detection"
HOLD_S = 20.0


@dataclass(slots=True)
class DeepStackServer:
    """What it knows and what it shall do next."""

    url: str = ""
    key: str = ""  # the api_key that it wants
    label: str = "person"
    instead: tuple[int, bytes] | None = None  # status and body in place of an answer
    held: threading.Event | None = None  # waits here before it answers
    posted: list[Posted] = field(default_factory=list)
    connections: set[tuple[str, int]] = field(default_factory=set)

    def answer(self, posted: Posted) -> tuple[int, bytes]:
        """Status and body. Source: DeepStack's documentation of `/v1/vision/detection`."""
        self.posted.append(posted)
        if self.held is not None:
            self.held.wait(HOLD_S)
        if self.instead is not None:
            return self.instead
        if posted.fields.get("api_key", "") != self.key:
            return 401, b'{"success": false, "error": "Incorrect api key"}'
        picture = cv2.imdecode(np.frombuffer(posted.file, np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            return 400, b'{"success": false, "error": "Invalid image"}'
        found = [] if picture.max() < 200 else [self._square(picture.astype(np.uint8))]
        return 200, json.dumps({"success": True, "predictions": found, "duration": 0}).encode()

    def _square(self, picture: Picture) -> dict[str, object]:
        rows, columns = np.nonzero(picture.min(axis=2) > 200)
        return {
            "confidence": 0.9,
            "label": self.label,
            "x_min": int(columns.min()),
            "y_min": int(rows.min()),
            "x_max": int(columns.max()) + 1,
            "y_max": int(rows.max()) + 1,
        }


@contextmanager
def deepstack_server() -> Iterator[DeepStackServer]:
    """A running server; its threads are gone afterwards, whatever was held."""
    known = DeepStackServer()

    class Handler(_Handler):
        server_of_test = known

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    known.url = f"http://127.0.0.1:{server.server_port}{PATH}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield known
    finally:
        if known.held is not None:
            known.held.set()
        server.shutdown()
        thread.join(HOLD_S)
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of_test: DeepStackServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server_of_test.connections.add(self.client_address)
        posted = read_form(self.headers["Content-Type"], body, "image")
        status, answer = (
            self.server_of_test.answer(posted) if self.path == PATH else (404, b"not found")
        )
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: object) -> None:
        pass
