from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.runtime.service_manager import NO_MANAGER, ServiceManager


@pytest.fixture(params=["file", "abstract"])
def listener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, socket.socket]]:
    """A service manager's socket, and how it names it."""
    name = str(tmp_path / "notify") if request.param == "file" else f"@{secrets.token_hex(8)}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind(f"\0{name[1:]}" if name.startswith("@") else name)
        receiver.settimeout(5)
        yield name, receiver


def test_a_watched_program_tells_its_life(listener: tuple[str, socket.socket]) -> None:
    name, receiver = listener
    manager = ServiceManager.of({"NOTIFY_SOCKET": name, "WATCHDOG_USEC": "60000000"})
    assert manager.pulse_s == 20.0
    manager.started()
    manager.alive()
    manager.restarting()
    told = [receiver.recv(1000).decode() for _ in range(3)]
    assert told == ["READY=1\nWATCHDOG_USEC=60000000", "WATCHDOG=1", "WATCHDOG_USEC=900000000"]


def test_without_a_watchdog_only_the_start_is_told(listener: tuple[str, socket.socket]) -> None:
    name, receiver = listener
    manager = ServiceManager.of({"NOTIFY_SOCKET": name})
    assert manager.pulse_s is None
    manager.alive()
    manager.restarting()
    manager.started()
    assert receiver.recv(1000) == b"READY=1"


def test_a_watchdog_for_another_process_is_not_ours() -> None:
    env = {"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": str(os.getpid() + 1)}
    assert ServiceManager.of(env).pulse_s is None
    assert ServiceManager.of({**env, "WATCHDOG_PID": str(os.getpid())}).pulse_s == 20.0


@pytest.mark.parametrize("manager", [NO_MANAGER, ServiceManager("/nonexistent/socket", 60.0)])
def test_where_nobody_listens_nothing_happens(manager: ServiceManager) -> None:
    manager.started()
    manager.alive()
    manager.restarting()
