"""Real servers for end-to-end tests: RTSP cameras and Picket itself; always ended."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import psutil

T = TypeVar("T")

SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian's own: python3-gi is a Debian package."""

DATA = Path(os.environ.get("PICKET_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))


PATIENCE = 3
"""How many times as long as on an idle machine anything may take where many tests run at once."""


def free_port() -> int:
    """A TCP port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], T | None], timeout_s: float, what: str) -> T:
    """Poll until the condition gives something true; `timeout_s` is for an idle machine.

    Raises: AssertionError when it does not in time.
    """
    deadline = time.monotonic() + timeout_s * PATIENCE
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"no {what} within {timeout_s * PATIENCE:g} s")


def loop_video(source: Path, target: Path, rounds: int, *, keep_audio: bool = False) -> Path:
    """A longer file of the same packets, for RTSP servers that cannot loop."""
    audio = [] if keep_audio else ["-an"]
    command = ["ffmpeg", "-v", "error", "-y", "-stream_loop", str(rounds - 1), "-i", str(source)]
    subprocess.run([*command, "-c", "copy", *audio, str(target)], check=True)
    return target


@contextmanager
def rtsp_server(mounts: Mapping[str, Path]) -> Iterator[str]:
    """Serve files as cameras; gives `rtsp://127.0.0.1:<port>`."""
    port = free_port()
    script = Path(__file__).with_name("rtsp_server.py")
    command = [SYSTEM_PYTHON, str(script), str(port), *(f"{n}={p}" for n, p in mounts.items())]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert server.stdout is not None
    try:
        assert server.stdout.readline() == b"ready\n"
        yield f"rtsp://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


@dataclass(frozen=True, slots=True)
class Picket:
    """A running program under test."""

    process: subprocess.Popen[bytes]
    port: int
    media: Path
    log: Path

    def url(self, path: str) -> str:
        """Address of a path on its port."""
        return f"http://127.0.0.1:{self.port}{path}"

    def fetch(self, path: str) -> tuple[int, bytes]:
        """Status and body of a GET."""
        try:
            with urllib.request.urlopen(self.url(path), timeout=10) as answer:  # noqa: S310
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def json(self, path: str) -> Any:  # the tests know the shape
        """The JSON of a GET, or None while nobody listens or it is refused."""
        try:
            status, body = self.fetch(path)
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return None
        return json.loads(body) if status == 200 else None

    def worker_pids(self) -> dict[str, int]:
        """Process that runs each camera."""
        cameras = (self.json("/api/stats") or {}).get("cameras", {})
        return {name: int(stats["pid"]) for name, stats in cameras.items() if stats["pid"]}

    def roles(self) -> dict[str, list[int]]:
        """Process ids of the whole tree by what they do."""
        told = self.json("/api/stats")["processes"]
        names = {stats["pid"]: name for name, stats in told.items() if name != "recording"}
        main = psutil.Process(self.process.pid)
        found: dict[str, list[int]] = {}
        for process in (main, *main.children(recursive=True)):
            if process.is_running():
                found.setdefault(names.get(process.pid, "keeper"), []).append(process.pid)
        return found

    def stop(self) -> float:
        """SIGTERM to the whole group, as a service manager sends it; seconds until it was gone.

        Its exit status must be 0.
        """
        started = time.monotonic()
        os.killpg(self.process.pid, signal.SIGTERM)
        status = self.process.wait(timeout=15)
        assert status == 0, self.log.read_text()[-4000:]
        return time.monotonic() - started


@contextmanager
def running_picket(
    folder: Path, config: str, env: Mapping[str, str] | None = None, *, names_index: bool = False
) -> Iterator[Picket]:
    """Start `picket run` with this configuration; the whole process tree is gone afterwards.

    The index is `picket.db` in the folder, unless the configuration names it.
    """
    port = free_port()
    file, media, log = folder / "config.yml", folder / "media", folder / "picket.log"
    file.write_text(config)
    command = [
        *(sys.executable, "-m", "picket", "run", "--config", str(file), "--media", str(media)),
        *([] if names_index else ["--database", str(folder / "picket.db")]),
        *("--host", "127.0.0.1", "--port", str(port)),
    ]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=output,
            env={**os.environ, **(env or {})},
            start_new_session=True,
        )
    picket = Picket(process, port, media, log)
    try:
        yield picket
    finally:
        end_tree(process)


def end_tree(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and everything that it started."""
    try:
        children = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        children = []
    process.kill()
    for child in children:
        with suppress(psutil.NoSuchProcess):
            child.kill()
    process.wait()
    psutil.wait_procs(children, timeout=5)


def probe_errors(file: Path | str) -> str:
    """What ffprobe complains about; empty for a clean file."""
    return _complaints(["ffprobe", "-v", "error", "-show_streams", str(file)])


def decode_errors(file: Path | str) -> str:
    """What ffmpeg complains about while it decodes everything; empty for a clean file or URL."""
    return _complaints(["ffmpeg", "-v", "error", "-xerror", "-i", str(file), "-f", "null", "-"])


def count_frames(file: Path | str) -> int:
    """Video frames that can be decoded."""
    command = ["ffprobe", "-v", "error", "-count_frames", "-select_streams", "v:0"]
    show = ["-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", str(file)]
    done = subprocess.run([*command, *show], check=True, capture_output=True, text=True)
    return int(done.stdout.split()[0].strip(","))  # programs of a stream repeat it


def _complaints(command: list[str]) -> str:
    assert shutil.which(command[0]), f"{command[0]} is not installed"
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    return done.stderr or ("" if done.returncode == 0 else f"exit code {done.returncode}")
