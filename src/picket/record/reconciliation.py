"""Index and files compared, and when the difference may be believed: pure rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from picket.store.reconcile_queries import IndexedFile

MAX_GONE_SHARE = 0.5
FEW_ROWS = 20  # of so few rows any share may be gone


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file as the folder lists it."""

    path: str  # below the recordings folder
    modified_time: float  # Unix seconds


@dataclass(frozen=True, slots=True)
class Difference:
    """What one side has and the other lacks."""

    unknown: tuple[FoundFile, ...]  # files without a row
    gone: tuple[IndexedFile, ...]  # rows without a file in this folder


def compare(
    files: Iterable[FoundFile], rows: Sequence[IndexedFile], settled_before: float
) -> Difference:
    """Compare the files of an hour with its rows.

    Args:
        files: everything in the folder of the hour.
        rows: everything that the index has of the hour.
        settled_before: Unix seconds; files that were written to later may get their row still.
    """
    found = {file.path: file for file in files}
    known = {row.path for row in rows}
    unknown = (
        file
        for path, file in found.items()
        if path not in known and file.modified_time < settled_before
    )
    return Difference(
        tuple(sorted(unknown, key=lambda file: file.path)),
        tuple(row for row in rows if row.is_closed and row.path not in found),
    )


def refusal(rows: int, gone: int, *, is_own_volume: bool) -> str | None:
    """Why nothing may be deleted, neither rows nor files; None when it may.

    Args:
        rows: all of the index.
        gone: those whose files are missing.
        is_own_volume: whether the media folder is the one that the index belongs to.
    """
    if not is_own_volume:
        return (
            "the index belongs to another media folder, so nothing is deleted: mount the disk or"
            " name the right folder with --media; if this is the right one, say --force"
        )
    if rows > FEW_ROWS and gone > rows * MAX_GONE_SHARE:
        return (
            f"{gone} of {rows} recordings are missing, which looks like a disk that is not mounted,"
            " so nothing is deleted: mount it; if they are really gone, say --force"
        )
    return None
