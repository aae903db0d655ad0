"""A web server on loopback that takes notifications, and answers as a test wants it to."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOLD_S = 20.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a request."""

    status: int = 200
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Got:
    """A request as it came."""

    path: str
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    time: float  # Unix seconds

    @property
    def json(self) -> Any:
        """The body, which is JSON."""
        return json.loads(self.body)


@dataclass(slots=True)
class Receiver:
    """What came, and what shall be said next."""

    url: str = ""
    got: list[Got] = field(default_factory=list)
    answers: deque[Answer] = field(default_factory=deque)  # one for each request, then `usual`
    usual: Answer = field(default_factory=Answer)
    gate: threading.Event = field(default_factory=threading.Event)  # cleared: hold all answers

    @property
    def bodies(self) -> list[Any]:
        """JSON of every request."""
        return [one.json for one in self.got]


@contextmanager
def receiver(certificate: Path | None = None, key: Path | None = None) -> Iterator[Receiver]:
    """A running one, over TLS with a certificate; its threads are gone afterwards."""
    known = Receiver()
    known.gate.set()

    class Handler(_Handler):
        receiver = known

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    known.url = f"http{'s' if certificate else ''}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield known
    finally:
        known.gate.set()
        server.shutdown()
        thread.join(HOLD_S)
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        known = self.receiver
        known.got.append(Got(self.path, headers, body, time.time()))
        known.gate.wait(HOLD_S)
        answer = known.answers.popleft() if known.answers else known.usual
        with suppress(ConnectionError):  # who asked may have gone
            self._say(answer)

    def _say(self, answer: Answer) -> None:
        data = answer.body.encode()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass
