"""Which open files belong to a process that was forked: those in its wires, and no others."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, runtime_checkable

OPEN_FILES = Path("/proc/self/fd")
STANDARD = (0, 1, 2)


@runtime_checkable
class OpenFile(Protocol):
    """What holds an open file: a channel, a block of memory, a lock."""

    def fileno(self) -> int:
        """The descriptor."""


def held_by(value: object) -> Iterator[int]:
    """The descriptors of the open files in a value, however deep in dataclasses and collections."""
    match value:
        case OpenFile():
            yield value.fileno()
        case partial():
            yield from held_by(value.args)
        case Mapping():
            yield from held_by([*value.keys(), *value.values()])
        case tuple() | list():
            for part in value:
                yield from held_by(part)
        case _ if is_dataclass(value):
            yield from held_by([getattr(value, field.name) for field in fields(value)])


def close_others(kept: Iterable[int]) -> None:
    """Close every open file of this process but these and the standard ones."""
    wanted = {*STANDARD, *kept}
    for number in [int(file.name) for file in OPEN_FILES.iterdir()]:
        if number not in wanted:
            with suppress(OSError):  # the listing's own is closed already
                os.close(number)
