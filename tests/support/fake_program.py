"""The processes around the server, which only remember what they were told."""

from __future__ import annotations

from pathlib import Path

from picket.api.running_config import RunningConfig
from picket.config.root import Config


class FakeProgram:
    """Fills in `picket.api.ports.Program`."""

    def __init__(self) -> None:
        self.adopted: list[Config] = []
        self.restarts = 0
        self.lines = "2026-01-31 12:00:00.123 INFO    main         runtime.program: 1 cameras\n"

    def adopt(self, config: Config) -> None:
        self.adopted.append(config)

    def restart(self) -> None:
        self.restarts += 1

    def log(self) -> str:
        return self.lines


def running_config(config: Config) -> RunningConfig:
    """A configuration that nobody changes, with no file behind it."""
    return RunningConfig(config, Path("/nonexistent/config.yml"), FakeProgram())
