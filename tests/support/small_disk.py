"""Real small disks for tests: tmpfs in a private mount namespace, which ends with the process.

Usage: `unshare --mount python -m tests.support.small_disk TROUBLE FOLDER`. Prints what a recorder
told about a disk in this trouble, as JSON. Needs root, as CI has.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from picket.domain.stream import Packet
from picket.record.recorder import Recorder, RecorderSpec
from tests.support.packets import STREAM, WALL, annex_b, pictures
from tests.support.recordings import Recorded, numbered_draws

TROUBLE_S, CURE_S, END_S = 10.5, 25.5, 32
"""All is well; then the trouble begins; then it is over; then the test is."""

PICTURE_BYTES = 4_000


def run(*command: str | Path) -> None:
    subprocess.run([*map(str, command)], check=True)


def mount(folder: Path, options: str) -> None:
    run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder)


class Trouble(Protocol):
    """What befalls a disk that was mounted with these options."""

    options: str

    def begin(self, disk: Path) -> None:
        """From now on."""

    def end(self, disk: Path) -> None:
        """Until now."""


class Full:
    """Somebody else fills the disk."""

    options = "size=4m"

    def begin(self, disk: Path) -> None:
        with (disk / "ballast").open("wb", buffering=0) as ballast:
            try:
                while ballast.write(bytes(4096)):
                    pass
            except OSError:
                return

    def end(self, disk: Path) -> None:
        (disk / "ballast").unlink()


class WithoutInodes:
    """Somebody else creates files until the table is full."""

    options = "nr_inodes=60"

    def begin(self, disk: Path) -> None:
        (disk / "many").mkdir()
        try:
            for number in range(100):
                (disk / "many" / str(number)).touch()
        except OSError:
            return

    def end(self, disk: Path) -> None:
        run("rm", "-r", disk / "many")


class ReadOnly:
    """What the kernel does with a disk that is ill."""

    options = "size=8m"

    def begin(self, disk: Path) -> None:
        run("mount", "-o", "remount,ro", disk)

    def end(self, disk: Path) -> None:
        run("mount", "-o", "remount,rw", disk)


class Vanished:
    """The disk is pulled out and comes back empty."""

    options = "size=8m"

    def begin(self, disk: Path) -> None:
        run("umount", "--lazy", disk)

    def end(self, disk: Path) -> None:
        mount(disk, self.options)


TROUBLES: dict[str, type[Trouble]] = {
    "full": Full,
    "inodes": WithoutInodes,
    "read-only": ReadOnly,
    "vanished": Vanished,
}


def heavy(packets: Iterable[Packet]) -> list[Packet]:
    """Pictures of some size, so that a full disk is noticed."""
    return [replace(p, data=p.data + annex_b(b"\x06" + b"x" * PICTURE_BYTES)) for p in packets]


def files_of(root: Path) -> dict[str, int]:
    return {str(p.relative_to(root)): p.stat().st_size for p in root.rglob("*") if p.is_file()}


def told(recorded: Recorded) -> dict[str, object]:
    """Rows and gaps, in seconds from the start."""
    return {
        "segments": [
            {
                "path": row.path,
                "size": row.size_bytes,
                "start": row.start_time - WALL,
                "end": row.end_time - WALL,
                "is_closed": row.is_closed,
            }
            for row in recorded.segments
        ],
        "gaps": [
            {
                "reason": gap.reason,
                "detail": gap.detail,
                "start": gap.start_time - WALL,
                "end": None if gap.end_time is None else gap.end_time - WALL,
            }
            for gap in recorded.gaps.values()
        ],
    }


def main(trouble: str, folder: Path) -> None:
    """One camera records on the sick disk, another beside it on a healthy one."""
    disk, healthy = folder / "disk", folder / "healthy"
    disk.mkdir()
    chosen = TROUBLES[trouble]()
    mount(disk, chosen.options)
    roots = (disk / "recordings", healthy)
    recorders = [Recorder(RecorderSpec(root, "front"), numbered_draws) for root in roots]
    both = [Recorded(), Recorded()]
    for packet in heavy(pictures(END_S)):
        if packet.dts_s == TROUBLE_S:
            chosen.begin(disk)
        if packet.dts_s == CURE_S:
            chosen.end(disk)
        for recorder, recorded in zip(recorders, both, strict=True):
            recorded.note(recorder.accept(STREAM, packet))
    for recorder, recorded in zip(recorders, both, strict=True):
        recorded.note(recorder.close(WALL + END_S))
    files = files_of(roots[0])
    run("umount", disk)
    answer = {"sick": told(both[0]), "healthy": told(both[1])}
    sys.stdout.write(json.dumps({**answer, "files": files, "below": files_of(disk)}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
