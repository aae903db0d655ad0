"""Up to when a camera is recorded, read from its files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from picket.record.adopt import read_segment


def recorded_until(root: Path, camera: str) -> float:
    """Unix seconds of the end of the camera's newest readable file; 0.0 when there is none."""
    with suppress(OSError):  # a disk that cannot be listed is for the recorder to complain of
        ends = (_end_of(root, path) for path in _newest_first(root, camera))
        return next((end_time for end_time in ends if end_time is not None), 0.0)
    return 0.0


def _end_of(root: Path, path: Path) -> float | None:
    try:
        segment = read_segment(root, path)
    except OSError:  # it was deleted meanwhile, or the disk is ill
        return None
    return segment.end_time if segment else None


def _newest_first(root: Path, camera: str) -> Iterator[Path]:
    for day in sorted(root.glob("????-??-??"), reverse=True):
        for hour in sorted(day.glob(f"??/{camera}"), reverse=True):
            yield from sorted(hour.glob("*.mp4"), key=_order, reverse=True)


def _order(path: Path) -> tuple[str, int]:
    """`MM.SS-10` comes after `MM.SS-2`."""
    second, _, copy = path.stem.partition("-")
    return second, int(copy) if copy.isdecimal() else 1
