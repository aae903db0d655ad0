"""A camera that moves: ONVIF by SOAP over real HTTP, with sign-in really checked."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree as ET

from tests.support import onvif_answers as answers
from tests.support.mount import Mount
from tests.support.servers import free_port

WSSE = "{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd}"
WSU = "{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd}"
BODY = "{http://www.w3.org/2003/05/soap-envelope}Body"

SCHEMA = "{http://www.onvif.org/ver10/schema}"

PRE_AUTH = "GetSystemDateAndTime"
"""The one question that needs no sign-in, as in the standard."""

CLOCK_TOLERANCE = timedelta(seconds=30)


@dataclass
class Camera:
    """What the camera is like, which a test may change at any time, and what it was asked."""

    port: int = field(default_factory=free_port)
    user: str = "admin"
    password: str = "hush-onvif"  # noqa: S105
    presets: list[tuple[str, str | None]] = field(
        default_factory=lambda: [("1", "Home"), ("2", "Street"), ("7", None)]
    )
    profiles: list[answers.Profile] = field(
        default_factory=lambda: [
            answers.Profile("jpeg", "JPEG", "ptz0"),
            answers.Profile("main", "H264", "ptz0"),
        ]
    )
    spaces: tuple[str, ...] = answers.CONTINUOUS
    mount: Mount | None = None  # what really moves; without one nothing does
    tells_moving: bool = True
    tells_zoom: bool = True
    clock_offset: timedelta = timedelta()
    tells_utc: bool = True
    knows_get_services: bool = True
    garbage: tuple[int, bytes] | None = None  # status and body of every answer
    silent_from: str = ""  # the first question that is not answered any more
    silenced: int = 0  # questions that were not answered
    refuses: str = ""  # a question that is answered by a fault
    asked: list[ET.Element] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def operations(self) -> list[str]:
        """Names of all questions that were signed rightly, in order."""
        return [_local(one) for one in self.asked]

    def moves(self) -> list[str]:
        """The questions that changed something, with what they asked for."""
        verbs = ("ContinuousMove", "RelativeMove", "AbsoluteMove", "Stop", "GotoPreset")
        return [_told(one) for one in self.asked if _local(one) in verbs]

    def answer(self, request: bytes) -> tuple[int, bytes]:
        """Status and body."""
        envelope = ET.fromstring(request)  # noqa: S314 - only our own client is read
        question = envelope.find(BODY)
        assert question is not None
        name = _local(question[0])
        if name == self.silent_from:
            self.silenced += 1
            self.released.wait(30)
        if self.garbage:
            return self.garbage
        if name != PRE_AUTH and not self._is_signed(envelope):
            return 400, answers.fault("Sender not Authorized", "ter:NotAuthorized")
        self.asked.append(question[0])
        if name == self.refuses or (name == "GetServices" and not self.knows_get_services):
            return 500, answers.fault("Optional action not implemented", "ter:ActionNotSupported")
        if self.mount is not None:
            _move(self.mount, name, question[0])
        return 200, self._tell(name)

    def _tell(self, name: str) -> bytes:
        url = f"http://127.0.0.1:{self.port}/onvif"
        tellers: dict[str, Callable[[], bytes]] = {
            PRE_AUTH: lambda: answers.system_time(self._now() if self.tells_utc else None),
            "GetServices": lambda: answers.services(url),
            "GetCapabilities": lambda: answers.capabilities(url),
            "GetProfiles": lambda: answers.profiles(self.profiles),
            "GetConfigurationOptions": lambda: answers.options(self.spaces),
            "GetPresets": lambda: answers.presets(self.presets),
            "GetStatus": lambda: answers.status(self._is_moving(), self._zoom()),
        }
        return tellers[name]() if name in tellers else answers.done(name)

    def _is_moving(self) -> bool | None:
        if not self.tells_moving:
            return None
        return self.mount is not None and self.mount.is_moving()

    def _zoom(self) -> float | None:
        return self.mount.place()[2] if self.mount and self.tells_zoom else None

    def _is_signed(self, envelope: ET.Element) -> bool:
        """WS-Security UsernameToken Profile 1.0: digest of nonce, time and password."""
        token = next(envelope.iter(f"{WSSE}UsernameToken"), None)
        if token is None:
            return False
        user, digest, nonce, created = (
            token.findtext(tag, "")
            for tag in (f"{WSSE}Username", f"{WSSE}Password", f"{WSSE}Nonce", f"{WSU}Created")
        )
        secret = base64.b64decode(nonce) + created.encode() + self.password.encode()
        right = base64.b64encode(hashlib.sha1(secret).digest()).decode()  # noqa: S324 - the profile's
        late = abs(datetime.fromisoformat(created) - self._now()) > CLOCK_TOLERANCE
        return (user, digest) == (self.user, right) and not late

    def _now(self) -> datetime:
        return datetime.now(UTC) + self.clock_offset


@contextmanager
def switched_on(camera: Camera) -> Iterator[Camera]:
    """The camera answers on its port of loopback; afterwards nobody does."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            status, body = camera.answer(request)
            self.send_response(status)
            self.send_header("Content-Type", "application/soap+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):  # who asked did not want to wait any longer
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing: tests look at what was asked."""

    server = ThreadingHTTPServer(("127.0.0.1", camera.port), Door)
    camera.released.clear()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield camera
    finally:
        camera.released.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def _move(mount: Mount, operation: str, question: ET.Element) -> None:
    if operation == "GotoPreset":
        mount.go_home()
        return
    turn = next(question.iter(f"{SCHEMA}PanTilt"), None)
    zoom = next(question.iter(f"{SCHEMA}Zoom"), None)
    if turn is not None and operation == "RelativeMove":
        mount.turn(float(turn.attrib["x"]), float(turn.attrib["y"]))
    if zoom is not None and operation in ("RelativeMove", "AbsoluteMove"):
        from_x = mount.place()[2] if operation == "RelativeMove" else 0.0
        mount.zoom_to(from_x + float(zoom.attrib["x"]))


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _told(question: ET.Element) -> str:
    """`ContinuousMove main x=0.0 y=0.5`: name, texts and attributes in the document's order."""
    words = [_local(question)]
    for part in question.iter():
        words += [part.text.strip()] if part.text and part.text.strip() else []
        words += [f"{key}={value}" for key, value in part.attrib.items()]
    return " ".join(words)
