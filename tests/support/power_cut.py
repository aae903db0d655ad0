"""A disk that remembers what was done to it, and what of that would survive a power cut.

Modelled, more strictly than most file systems are: bytes reach the disk with `fdatasync` of their
file alone; a new name, a removed name and a new folder with `fsync` of the folder that they are in
alone. Whatever was not synced may be there or not, each piece by chance, whatever came after it; of
a write any part from its beginning, or zeros in its place.

Not modelled: SQLite's own writes. A commit with `synchronous=FULL` is taken as done when it
returns, which SQLite promises, and the index is what it was at that moment. Sectors that a cut
damages although they were synced, and drives that say so too early, are beyond what software can
mend.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from picket.record.files import Files


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done; `name` is below the root."""

    what: str  # create, write, sync, truncate, make_folder, sync_folder, remove, commit
    name: str = ""
    data: bytes = b""
    at: int = 0  # offset of a write, size of a truncation


class WatchedFiles(Files):
    """Does everything for real, below a root, and notes it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._open: dict[int, str] = {}
        self._ends: dict[int, int] = {}
        self.steps: list[Step] = []

    def create(self, path: Path) -> int:
        fd = super().create(path)
        self._open[fd], self._ends[fd] = self._name(path), 0
        self.steps.append(Step("create", self._name(path)))
        return fd

    def write(self, fd: int, data: bytes | memoryview) -> int:
        written = super().write(fd, data)
        place = self._ends[fd]
        self.steps.append(Step("write", self._open[fd], bytes(data[:written]), place))
        self._ends[fd] += written
        return written

    def sync(self, fd: int) -> None:
        super().sync(fd)
        self.steps.append(Step("sync", self._open[fd]))

    def truncate(self, fd: int, size_bytes: int) -> None:
        super().truncate(fd, size_bytes)
        self.steps.append(Step("truncate", self._open[fd], at=size_bytes))

    def make_folder(self, path: Path) -> None:
        super().make_folder(path)
        self.steps.append(Step("make_folder", self._name(path)))

    def sync_folder(self, path: Path) -> None:
        super().sync_folder(path)
        self.steps.append(Step("sync_folder", self._name(path)))

    def remove(self, path: Path) -> None:
        super().remove(path)
        self.steps.append(Step("remove", self._name(path)))

    def commit(self, index: bytes) -> None:
        """The index as it is after a transaction."""
        self.steps.append(Step("commit", data=index))

    def _name(self, path: Path) -> str:
        name = path.relative_to(self._root).as_posix()
        return "" if name == "." else name


@dataclass
class _Entry:
    """A file or folder: what is on the disk for sure, and what may be."""

    exists: bool = False
    pending_exists: bool | None = None  # a name that was made or removed, and not synced
    data: bytearray = field(default_factory=bytearray)
    pending: list[Step] = field(default_factory=list)  # writes and truncations, in order

    def settle(self) -> None:
        """Its bytes are on the disk."""
        for step in self.pending:
            _put(self.data, step, len(step.data))
        self.pending.clear()

    def settle_name(self) -> None:
        """That it is there, or is not, is on the disk."""
        if self.pending_exists is not None:
            self.exists, self.pending_exists = self.pending_exists, None


@dataclass(frozen=True, slots=True)
class Survivors:
    """What is found after a cut."""

    files: dict[str, bytes]
    folders: tuple[str, ...]
    index: bytes


def cut_after(steps: Sequence[Step], chance: Random) -> Survivors:
    """One of the states that the disk may be in when the power goes after these steps."""
    entries: dict[str, _Entry] = {}
    folders: set[str] = set()
    index = b""
    for step in steps:
        if step.what == "commit":
            index = step.data
        elif step.what == "make_folder":
            folders.add(step.name)
        _apply(entries, step)
    alive = {name: _survives(entry, chance) for name, entry in sorted(entries.items())}
    kept = [name for name in alive if _is_reachable(name, alive)]
    return Survivors(
        {name: _content(entries[name], chance) for name in kept if name not in folders},
        tuple(name for name in kept if name in folders),
        index,
    )


def _apply(entries: dict[str, _Entry], step: Step) -> None:
    match step.what:
        case "create" | "make_folder":
            entries[step.name] = _Entry(pending_exists=True)
        case "remove":
            entries[step.name].pending_exists = False
        case "write" | "truncate":
            entries[step.name].pending.append(step)
        case "sync":
            entries[step.name].settle()
        case "sync_folder":
            for name, entry in entries.items():
                if _parent(name) == step.name:
                    entry.settle_name()


def _survives(entry: _Entry, chance: Random) -> bool:
    if entry.pending_exists is None:
        return entry.exists
    return chance.choice([entry.exists, entry.pending_exists])


def _is_reachable(name: str, alive: dict[str, bool]) -> bool:
    return alive[name] and (not (parent := _parent(name)) or _is_reachable(parent, alive))


def _content(entry: _Entry, chance: Random) -> bytes:
    data = bytearray(entry.data)
    for step in entry.pending:
        match chance.choice(["lost", "whole", "torn", "zeros"]):
            case "whole":
                _put(data, step, len(step.data))
            case "torn":
                _put(data, step, chance.randint(0, len(step.data)))
            case "zeros":
                _put(data, replace(step, data=bytes(len(step.data))), len(step.data))
    return bytes(data)


def _put(data: bytearray, step: Step, length: int) -> None:
    if step.what == "truncate":
        del data[step.at :]
        return
    data.extend(bytes(max(step.at - len(data), 0)))
    data[step.at : step.at + length] = step.data[:length]


def _parent(name: str) -> str:
    return os.path.dirname(name)  # noqa: PTH120  # "" for the root, where Path says "."
