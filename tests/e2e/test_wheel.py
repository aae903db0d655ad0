"""The package as it is handed out: built, installed into an empty environment, run as a service."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.clips import write_walk
from tests.support.servers import Picket, end_tree, free_port, wait_for

PROJECT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")
PAGE = {"index.html": "<title>Picket</title>", "assets/index-4f9a1c.js": "export {};\n"}
"""Stands for the web page, which is built into the package and which git does not know."""

CONFIG = """
mqtt: {{enabled: false}}
cameras:
  front:
    ffmpeg: {{inputs: [{{path: "{video}", roles: [detect, record]}}]}}
    detect: {{width: 320, height: 240, fps: 5}}
record: {{enabled: true}}
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the project's files and a page."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(PROJECT / name, source)
    assert "/src/picket/page/\n" in (source / ".gitignore").read_text()
    leave_out = shutil.ignore_patterns("__pycache__", "page")
    shutil.copytree(PROJECT / "src", source / "src", ignore=leave_out)
    for name, text in PAGE.items():
        file = source / "src" / "picket" / "page" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    out = tmp_path_factory.mktemp("wheel")
    uv("build", "--out-dir", str(out), str(source))  # the wheel is built from the source archive
    (built,) = out.glob("picket-*.whl")
    return built


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`picket` in an environment that holds nothing but what it asks for."""
    venv = tmp_path_factory.mktemp("venv")
    uv("venv", "--allow-existing", "--python", sys.executable, str(venv))
    tested = str(PROJECT / "requirements.lock")
    uv("pip", "install", "--python", str(venv), "--constraint", tested, str(wheel))
    return venv / "bin" / "picket"


def uv(*arguments: str) -> None:
    """Ask the installer; what it says is shown when it fails."""
    done = subprocess.run([UV, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def bare_environment(**more: str) -> dict[str, str]:
    """Without what would let this project's own files be found."""
    hidden = ("PYTHON", "VIRTUAL_ENV", "PICKET_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    return {**kept, **more}


@dataclass(frozen=True)
class Service:
    """A program that was started as systemd would start it."""

    picket: Picket
    manager: socket.socket


@pytest.fixture(scope="module")
def service(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder, port = tmp_path_factory.mktemp("run"), free_port()
    video = write_walk(folder / "walk.mp4", quiet=60, walk=20, gop=10)
    (folder / "config.yml").write_text(CONFIG.format(video=video))
    media, log, place = folder / "media", folder / "log", str(folder / "notify")
    command = [
        *(str(program), "run", "--config", "config.yml", "--media", str(media)),
        *("--host", "127.0.0.1", "--port", str(port)),
    ]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager, log.open("wb") as output:
        manager.bind(place)
        manager.settimeout(60)
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=output,
            cwd=folder,
            start_new_session=True,
            env=bare_environment(NOTIFY_SOCKET=place, WATCHDOG_USEC="1500000"),
        )
        try:
            yield Service(Picket(process, port, media, log), manager)
        finally:
            end_tree(process)


def test_everything_that_is_no_code_is_in_the_package_too(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "picket"],
        cwd=PROJECT / "src",
        check=True,
        capture_output=True,
        text=True,
    )
    ours = set(listed.stdout.split())
    assert {"picket/api/docs.html", "picket/demo/config.yml", "picket/store/schema.sql"} <= ours
    assert ours | {f"picket/page/{name}" for name in PAGE} <= packed
    outside = {name for name in packed if not name.startswith(("picket/", "picket-"))}
    assert outside == set()


def test_it_runs_where_nothing_else_is_installed(service: Service, program: Path) -> None:
    told = service.picket
    assert wait_for(lambda: told.json("/readyz"), 60, "readiness")["success"]
    status, version = told.fetch("/api/version")
    assert (status, version[:7]) == (200, b"0.13.2-")
    assert told.fetch("/") == (200, PAGE["index.html"].encode())
    assert wait_for(lambda: told.json("/api/front/recordings"), 30, "recordings")
    (packages,) = program.parents[1].glob("lib/python*/site-packages")
    assert (packages / "picket").is_dir()
    assert not (packages / "pytest").exists()


def test_it_counts_what_it_records(service: Service) -> None:
    def counted() -> bool:
        _, text = service.picket.fetch("/api/metrics")
        numbers = dict(line.rsplit(" ", 1) for line in text.decode().splitlines() if line[0] != "#")
        written = float(numbers.get('picket_recording_written_bytes_total{camera="front"}', 0))
        syncs = float(numbers.get('picket_recording_sync_seconds_count{camera="front"}', 0))
        commits = float(numbers.get("picket_index_commit_seconds_count", 0))
        return written > 0 < syncs and commits > 0

    assert wait_for(counted, 30, "metrics of a recording")


def test_the_service_manager_hears_of_start_and_life_and_the_end_is_clean(service: Service) -> None:
    assert service.manager.recv(1000) == b"READY=1\nWATCHDOG_USEC=1500000"
    assert {service.manager.recv(1000) for _ in range(3)} == {b"WATCHDOG=1"}
    assert service.picket.stop() < 10
