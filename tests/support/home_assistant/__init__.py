"""A real Home Assistant on the other side of a broker, in an environment and process of its own.

It is the newest core that a Python of this machine can run: one for Python 3.13, which knows
announcements of whole devices, or else the last one for Debian's, which is told part by part.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.home_assistant.one_by_one import announcements_one_by_one
from tests.support.mosquitto import PASSWORD, USER, Mosquitto
from tests.support.servers import end_tree, free_port, wait_for

HERE = Path(__file__).parent
UV = Path(sys.executable).with_name("uv")
PATIENCE_S = 120.0
BLAMED = ("mqtt", "sensor", "binary_sensor", "switch", "number", "button", "image")
BLAMES = tuple(
    f"{level}:homeassistant.{place}"
    for level in ("WARNING", "ERROR")
    for place in (*(f"components.{one}" for one in BLAMED), "helpers.template", "helpers.entity")
)
NO_DEVICES = "Integration device is not supported"
"""What old cores say of announcements of whole devices."""


@dataclass(frozen=True, slots=True)
class Core:
    """A version of Home Assistant."""

    version: str
    python: str  # that it runs on
    knows_devices: bool  # announced as a whole, not entity by entity

    @property
    def lock(self) -> Path:
        """What is installed for it."""
        return HERE / f"{self.version}.lock"

    def interpreter(self) -> str | None:
        """A Python of this machine that it can run on."""
        name = f"python{self.python}"
        pyenv = sorted(Path.home().glob(f".pyenv/versions/{self.python}.*/bin/{name}"))
        for found in (shutil.which(name), *map(str, pyenv)):
            # What pyenv puts into the path may be an empty promise.
            if found and subprocess.run([found, "-V"], check=False, capture_output=True).stdout:
                return found
        return None


CORES = (
    Core("2025.4.4", "3.13", knows_devices=True),
    Core("2024.3.3", "3.11", knows_devices=False),
)


def newest_core() -> Core:
    """The one to test with.

    Raises: LookupError when there is no Python for any.
    """
    for core in CORES:
        if core.interpreter() is not None:
            return core
    raise LookupError(f"Home Assistant needs Python {' or '.join(core.python for core in CORES)}")


@dataclass(frozen=True, slots=True)
class House:
    """A running Home Assistant that uses a broker."""

    process: subprocess.Popen[bytes]
    log: Path
    version: str

    def ask(self, verb: str, *arguments: Any) -> Any:
        """The answer of `house.Door`."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([verb, *arguments]).encode() + b"\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, self.log.read_text()[-4000:]
        return json.loads(answer)

    def entities(self) -> dict[str, dict[str, Any]]:
        """Each entity by its unique id."""
        return dict(self.ask("entities"))

    def devices(self) -> dict[str, dict[str, Any]]:
        """Each device by its identifier."""
        return dict(self.ask("devices"))

    def states(self) -> dict[str, str]:
        """The state of each entity that is enabled, by its unique id."""
        entities = self.entities().items()
        return {ident: one["state"] for ident, one in entities if not one["disabled_by"]}

    def call(self, service: str, ident: str, **more: Any) -> None:
        """Use a service, such as `switch.turn_on`, on the entity of a unique id."""
        entity_id = self.entities()[ident]["entity_id"]
        self.ask("call", *service.split("."), entity_id, more)

    def picture(self, ident: str) -> bytes:
        """What an image or a camera shows."""
        return bytes.fromhex(self.ask("picture", self.entities()[ident]["entity_id"]) or "")

    def wait_for_state(self, ident: str, *wanted: str) -> None:
        """Until an entity has one of these states."""
        wait_for(lambda: self.states().get(ident) in wanted, PATIENCE_S, f"{ident} {wanted}")

    def complaints(self) -> list[str]:
        """What it had to say of what the broker told it."""
        lines = self.log.read_text().splitlines()
        loud = (line for line in lines if line.startswith(BLAMES))
        return [line for line in loud if not line.endswith(NO_DEVICES)]


@contextmanager
def home_assistant(core: Core, folder: Path, broker: Mosquitto) -> Iterator[House]:
    """A house that has met the broker."""
    python, config, log = _install(core, folder / "venv"), folder / "config", folder / "house.log"
    config.mkdir()
    (config / "configuration.yaml").touch()
    place = (str(config), str(broker.port), USER, PASSWORD, str(free_port()))
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [python, str(HERE / "house.py"), *place],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    try:
        assert process.stdout is not None
        version = process.stdout.readline().strip().decode()
        assert version == core.version, log.read_text()[-4000:]
        with nullcontext() if core.knows_devices else announcements_one_by_one(broker.port):
            yield House(process, log, version)
    finally:
        end_tree(process)
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()


def _install(core: Core, venv: Path) -> Path:
    """The Python of an environment that holds this core and little else."""
    interpreter = core.interpreter()
    assert interpreter is not None
    python = venv / "bin" / "python"
    _uv("venv", "--python", interpreter, str(venv))
    _uv("pip", "install", "--python", str(python), "--no-deps", "-r", str(core.lock))
    return python


def _uv(*arguments: str) -> None:
    done = subprocess.run([UV, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
