"""Whether the program can do what it is for: what was found is judged by a pure rule."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from picket.api.deps import Services
from picket.api.disk_questions import DiskQuestions
from picket.api.ports import SILENT_AFTER_S, silent_cameras
from picket.api.readers import ReaderPool
from picket.domain.errors import StoreError, Unavailable
from picket.domain.status import CameraState, CameraStatus, ProcessLife
from picket.store.upkeep import list_upkeep

NEVER_HEARD = ProcessLife(math.inf, 0)
PROBE_BYTES = 4096  # enough for the file system to look for a free block


@dataclass(frozen=True, slots=True)
class Findings:
    """What was looked at."""

    index_problem: str  # why it cannot be read; "" when it can
    disk_problem: str  # why recordings cannot be written; "" when they can
    lives: Mapping[str, ProcessLife]  # by process
    detectors: tuple[str, ...]  # that are configured
    cameras: Mapping[str, CameraStatus | None]  # that are to run; None: nothing is known


@dataclass(frozen=True, slots=True)
class Health:
    """What follows from it."""

    faults: tuple[str, ...]  # any of them: not ready
    weaknesses: tuple[str, ...]  # told, and lived with
    cameras: Mapping[str, str]  # state by name


def examine(services: Services) -> Findings:
    """Look at index, disk and processes; may take as long as the disk takes."""
    context = services.context
    told, lives = context.live.cameras(), context.live.lives()
    known = {name: one for name, one in told.items() if name not in silent_cameras(lives)}
    return Findings(
        _index_problem(services.readers),
        _disk_problem(services.disk, context.paths.recordings),
        lives,
        tuple(context.config.detectors),
        {name: known.get(name) for name, one in context.config.cameras.items() if one.enabled},
    )


def judge(found: Findings) -> Health:
    """Recording and its index must work; a camera or a detector that is away is a weakness."""
    return Health(
        tuple(_faults(found)),
        tuple(_weaknesses(found)),
        {name: _state(status) for name, status in found.cameras.items()},
    )


def _faults(found: Findings) -> Iterator[str]:
    if found.index_problem:
        yield f"the index cannot be read: {found.index_problem}"
    if found.disk_problem:
        yield f"recordings cannot be written: {found.disk_problem}"
    for name, one in found.lives.items():
        if one.silent_s >= SILENT_AFTER_S and not name.startswith("detector:"):
            yield f"process {name} {_silence(one.silent_s)}"


def _weaknesses(found: Findings) -> Iterator[str]:
    for detector in found.detectors:
        life = found.lives.get(f"detector:{detector}", NEVER_HEARD)
        if life.silent_s >= SILENT_AFTER_S:
            yield f"detector {detector} {_silence(life.silent_s)}"
    for name, status in found.cameras.items():
        if status is None or status.state is not CameraState.ONLINE:
            yield f"camera {name} is {_state(status)}"
        elif status.blind_since:
            yield f"camera {name} is recorded, and no detector looks at it"


def _state(status: CameraStatus | None) -> str:
    return status.state.value if status else "unknown"


def _silence(silent_s: float) -> str:
    if silent_s == math.inf:
        return "has not spoken yet, or cannot start; the log says why"
    return f"has been silent for {silent_s:.0f} s; the log says why"


def _index_problem(readers: ReaderPool) -> str:
    try:
        with readers.borrow() as db:
            list_upkeep(db)
    except (StoreError, Unavailable) as error:
        return str(error)
    return ""


def _disk_problem(disk: DiskQuestions, recordings: Path) -> str:
    try:
        disk.ask(lambda: _try_to_write(recordings))
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""


def _try_to_write(folder: Path) -> None:
    """A file without a name: a mount may refuse what its permissions allow. Raises: OSError."""
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(bytes(PROBE_BYTES))
