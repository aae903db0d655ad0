"""A real broker, Debian's mosquitto, with accounts, or with TLS; and other clients of it."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paho.mqtt.client import Client, MQTTMessage, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion

from tests.support.servers import free_port, wait_for

USER, PASSWORD = "nvr", "hush-broker"
PATIENCE_S = 15.0


class Mosquitto:
    """One broker on a port of its own, which it keeps over restarts."""

    def __init__(self, folder: Path, *, certificates: Path | None = None) -> None:
        self.port = free_port()
        self._log = folder / "mosquitto.log"
        self._config = folder / "mosquitto.conf"
        passwords = folder / "passwords"
        subprocess.run(
            ["mosquitto_passwd", "-b", "-c", str(passwords), USER, PASSWORD],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        lines = [
            f"listener {self.port} 127.0.0.1",
            "user root",  # the folder is ours alone
            "allow_anonymous false",
            f"password_file {passwords}",
            *([] if certificates is None else _tls(certificates)),
        ]
        self._config.write_text("\n".join(lines) + "\n")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, without memory of what it was told before."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                ["mosquitto", "-c", str(self._config)], stdout=log, stderr=log
            )
        wait_for(lambda: b"running" in self._log.read_bytes(), PATIENCE_S, "broker")

    def stop(self) -> None:
        """End it at once: who is connected is thrown out, and nothing is remembered."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
            self._log.unlink()

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The running broker."""
        assert self._process is not None
        return self._process


def _tls(folder: Path) -> list[str]:
    return [
        f"cafile {folder / 'ca.crt'}",
        f"certfile {folder / 'broker.crt'}",
        f"keyfile {folder / 'broker.key'}",
        "require_certificate true",
    ]


@contextmanager
def mosquitto(folder: Path, *, certificates: Path | None = None) -> Iterator[Mosquitto]:
    """A broker for the length of the block."""
    broker = Mosquitto(folder, certificates=certificates)
    broker.start()
    try:
        yield broker
    finally:
        broker.stop()


def make_certificates(folder: Path) -> Path:
    """An authority `ca`, and signed by it `broker`, for the name localhost, and `client`."""
    authority = ("-x509", "-subj", "/CN=test authority", "-days", "2")
    _openssl(folder, "req", *authority, *_new("ca"), "-out", "ca.crt")
    for name, host in (("broker", "localhost"), ("client", "nvr")):
        _openssl(folder, "req", *_new(name), "-subj", f"/CN={host}", "-out", f"{name}.csr")
        (folder / "names").write_text(f"subjectAltName=DNS:{host}")
        signed = ("-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2")
        files = ("-in", f"{name}.csr", "-out", f"{name}.crt", "-extfile", "names")
        _openssl(folder, "x509", "-req", *signed, *files)
    return folder


def _new(name: str) -> tuple[str, ...]:
    return ("-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key")


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, cwd=folder, stderr=subprocess.DEVNULL)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as it came."""

    topic: str
    payload: bytes
    retain: bool  # the broker had kept it


@dataclass
class OtherClient:
    """Hears everything from its beginning on, and says what it is told to."""

    client: Client
    heard: list[Heard] = field(default_factory=list)

    def told(self, topic: str) -> list[str]:
        """Payloads of a topic, as text."""
        return [one.payload.decode() for one in list(self.heard) if one.topic == topic]

    def wait(self, topic: str, payload: str) -> None:
        """Until this was heard."""
        wait_for(lambda: payload in self.told(topic), PATIENCE_S, f"{topic} {payload}")

    def say(self, topic: str, payload: str, *, retain: bool = False) -> None:
        """Send a message, and wait until the network has it."""
        self.client.publish(topic, payload, retain=retain).wait_for_publish(PATIENCE_S)

    def order(self) -> list[str]:
        """`topic payload` of each, JSON and pictures without their content."""
        return [
            f"{one.topic} {one.payload.decode() if len(one.payload) < 20 else ''}".strip()
            for one in list(self.heard)
        ]


@contextmanager
def other_client(port: int, topics: str = "#", name: str = "") -> Iterator[OtherClient]:
    """A client that is subscribed; always closed."""
    client = Client(CallbackAPIVersion.VERSION2, name, protocol=MQTTv311)
    client.username_pw_set(USER, PASSWORD)
    other, is_ready = OtherClient(client), threading.Event()

    def hear(_: Client, _own: Any, message: MQTTMessage) -> None:
        other.heard.append(Heard(message.topic, bytes(message.payload), message.retain))

    def join(*_: Any) -> None:
        client.subscribe(topics)

    client.on_message = hear
    client.on_subscribe = lambda *_: is_ready.set()
    client.on_connect = join
    client.connect("127.0.0.1", port)
    client.loop_start()
    try:
        assert is_ready.wait(PATIENCE_S)
        yield other
    finally:
        client.disconnect()
        client.loop_stop()
        client.on_message = None  # else it knows itself, and its sockets are not closed in time
