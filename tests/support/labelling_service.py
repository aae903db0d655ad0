"""The labelling service on loopback: checks every request as strictly as the real one might."""

from __future__ import annotations

import base64
import itertools
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

NAME = "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f"
PASSWORD = "0123456789abcdefghij" * 2
KEY = f"{NAME}:{PASSWORD}"
SIZES = ("original", "annotate", "thumbnail")
HOLD_S = 20.0
TOKEN_LIFETIME_S = 3600


@dataclass(frozen=True, slots=True)
class Reply:
    """A status and what comes with it."""

    status: int
    body: str = ""
    content_type: str = "application/json"
    location: str = "/"  # for redirects


@dataclass(frozen=True, slots=True)
class Posted:
    """A form with a file, as the storage got it."""

    fields: dict[str, str]
    names: tuple[str, ...]  # in the order of the parts
    file: bytes


@dataclass(slots=True)
class LabellingService:
    """What it has, and what it shall do next; paths without `/v1/`, such as `auth/token`."""

    url: str = ""
    numbers: Iterator[int] = field(default_factory=itertools.count)  # of images
    refusals: dict[str, Reply] = field(default_factory=dict)  # instead of the truth
    held: dict[str, threading.Event] = field(default_factory=dict)  # waits here before answering
    requests: list[str] = field(default_factory=list)  # `GET auth/token` and so on
    tokens: list[str] = field(default_factory=list)  # the last one is valid
    pictures: dict[str, dict[str, Posted]] = field(default_factory=dict)  # by image, then size
    created: list[tuple[str, str]] = field(default_factory=list)  # image and camera
    claims: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)  # image, kind, body
    mistakes: list[str] = field(default_factory=list)  # what a client did wrong; must stay empty


@contextmanager
def labelling_service() -> Iterator[LabellingService]:
    """A running service; its threads are gone afterwards, whatever was held."""
    service = LabellingService()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(service))
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        for event in service.held.values():
            event.set()
        server.shutdown()
        thread.join(HOLD_S)
        server.server_close()


def _handler_for(service: LabellingService) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        known = service

    return Handler


class _Handler(BaseHTTPRequestHandler):
    known: LabellingService

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def log_message(self, *args: object) -> None:
        pass

    def _serve(self) -> None:
        path = self.path.removeprefix("/v1/").removeprefix("/")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.known.requests.append(f"{self.command} {path}")
        if path in self.known.held:
            self.known.held[path].wait(HOLD_S)
        refusal = self.known.refusals.get(path)
        if refusal is not None:
            self._answer(refusal)
        elif path.startswith("storage/"):
            self._store(path, body)
        elif path == "auth/token":
            self._sign_in()
        elif self.headers.get("Authorization") != f"Bearer {self._token()}":
            self._answer(Reply(401, '{"message": "unknown token"}'))
        elif path == "image/signed_urls":
            self._give_forms()
        else:
            self._take(path, json.loads(body))

    def _token(self) -> str:
        return self.known.tokens[-1] if self.known.tokens else "none was given"

    def _sign_in(self) -> None:
        wanted = "Basic " + base64.b64encode(KEY.encode()).decode()
        if self.headers.get("Authorization") != wanted:
            self._answer(Reply(401, '{"message": "unknown key"}'))
            return
        self.known.tokens.append(f"token-{len(self.known.tokens)}")
        expires = time.time() + TOKEN_LIFETIME_S
        self._answer(Reply(200, json.dumps({"accessToken": self._token(), "expires": expires})))

    def _give_forms(self) -> None:
        image = f"image-{next(self.known.numbers)}"
        self.known.pictures[image] = {}
        forms = {
            size: {
                "url": f"{self.known.url}/storage/{image}/{size}",
                "fields": {"key": f"{image}/{size}.jpg", "policy": "signed-policy"},
            }
            for size in SIZES
        }
        self._answer(Reply(200, json.dumps({"imageId": image, **forms})))

    def _store(self, path: str, body: bytes) -> None:
        _, image, size = path.split("/")
        posted = read_form(self.headers["Content-Type"], body)
        if "Authorization" in self.headers:
            self.known.mistakes.append("the storage must not see the token")
        wanted = {
            "key": f"{image}/{size}.jpg",
            "policy": "signed-policy",
            "content-type": "image/jpeg",
        }
        if posted.fields != wanted:
            self.known.mistakes.append(f"fields of {path}: {posted.fields}")
        if posted.names[-1] != "file":
            self.known.mistakes.append("the storage reads nothing after the file")
        self.known.pictures[image][size] = posted
        self._answer(Reply(204, ""))

    def _take(self, path: str, body: dict[str, Any]) -> None:
        if path == "image/create":
            if set(self.known.pictures[body["id"]]) != set(SIZES):
                self.known.mistakes.append(f"{body['id']} was created before it was uploaded")
            self.known.created.append((body["id"], body["camera"]))
        else:
            _, image, kind = path.split("/")
            if image not in [created for created, _ in self.known.created]:
                self.known.mistakes.append(f"{kind} of the unknown image {image}")
            self.known.claims.append((image, kind, body))
        self._answer(Reply(200, "{}"))

    def _answer(self, answer: Reply) -> None:
        data = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Location", answer.location)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def read_form(content_type: str, body: bytes, file_name: str = "file") -> Posted:
    """A multipart form. Source: RFC 7578 and RFC 2046, section 5.1."""
    kind, _, boundary = content_type.partition("; boundary=")
    assert kind == "multipart/form-data", content_type
    fields: dict[str, str] = {}
    names: list[str] = []
    file = b""
    for part in body.split(b"--" + boundary.encode())[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        content = content.removesuffix(b"\r\n")
        name = head.partition(b'name="')[2].partition(b'"')[0].decode()
        names.append(name)
        if name == file_name:
            file = content
        else:
            fields[name] = content.decode()
    return Posted(fields, tuple(names), file)
