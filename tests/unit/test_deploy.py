"""The files of `deploy/` as far as they can be tried without a container engine or a boot."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from picket.cli import _parser

PROJECT = Path(__file__).parents[2]
DEPLOY = PROJECT / "deploy"
MOST_EXPOSED = 20
"""Tenths, as `systemd-analyze security` counts: 100 for a service that may do anything."""


def settings_of(unit: str) -> dict[str, str]:
    """The last value of each setting."""
    return dict(re.findall(r"^(\w+)=(.*)$", unit, re.MULTILINE))


@pytest.fixture
def unit_file(tmp_path: Path) -> Path:
    """The unit with a program that exists here."""
    text = (DEPLOY / "picket.service").read_text(encoding="utf-8")
    file = tmp_path / "picket.service"
    file.write_text(text.replace("/opt/picket/bin/picket", sys.executable))
    return file


def run(*command: str | Path) -> tuple[int, str]:
    """Status, and what it said."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_systemd_understands_the_unit(unit_file: Path) -> None:
    assert run("systemd-analyze", "verify", "--man=no", unit_file) == (0, "")


def test_the_service_may_do_little(unit_file: Path) -> None:
    limit = f"--threshold={MOST_EXPOSED}"
    status, said = run("systemd-analyze", "security", "--offline=yes", limit, unit_file)
    assert status == 0, said


def test_the_unit_starts_what_the_command_line_knows() -> None:
    unit = settings_of((DEPLOY / "picket.service").read_text(encoding="utf-8"))
    _, *arguments = shlex.split(unit["ExecStart"])
    options = _parser().parse_args(arguments)
    state = Path("/var/lib/picket")
    assert (options.media, options.database) == (state / "media", state / "index" / "picket.db")
    assert unit["StateDirectory"].split() == ["picket", "picket/media", "picket/index"]
    assert unit["ReadWritePaths"] == f"-{options.config.parent}"
    assert unit["Type"] == "notify"


def test_hadolint_has_nothing_to_say() -> None:
    program = Path(sys.executable).with_name("hadolint")
    assert run(program, "--no-color", DEPLOY / "Dockerfile") == (0, "")


def test_the_image_is_made_of_files_that_are_there_and_let_through() -> None:
    recipe = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    copied = [
        name
        for line in re.findall(r"^COPY (?!--from)(.+)$", recipe, re.MULTILINE)
        for name in line.split()[:-1]
    ]
    ignore = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8")
    allowed = re.findall(r"^!(.+)$", ignore, re.MULTILINE)
    assert sorted(copied) == sorted(allowed)
    assert all((PROJECT / name).exists() for name in copied)
    setup = (PROJECT / "scripts" / "setup.sh").read_text(encoding="utf-8")
    assert re.findall(r"uv==([\d.]+)", recipe) == re.findall(r"UV_VERSION=([\d.]+)", setup)


def test_the_compose_file_gives_the_container_what_it_needs() -> None:
    compose: dict[str, Any] = YAML(typ="safe").load(
        (DEPLOY / "compose.yml").read_text(encoding="utf-8")
    )
    service = compose["services"]["picket"]
    recipe = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
    mounted = {volume.partition(":")[2] for volume in service["volumes"]}
    assert mounted == {"/config", "/media/frigate"}
    assert all(f'"{folder}"' in recipe for folder in mounted)
    assert f"EXPOSE {service['ports'][0].rpartition(':')[2]}\n" in recipe
    assert service["cap_drop"] == ["ALL"]
    assert service["read_only"]
