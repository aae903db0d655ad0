"""What the keeper does with each command about exports.

The files are the truth: one without a row, of another program or of a lost database, can be renamed
and deleted like any other.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from picket.domain.errors import InvalidRequest, NotFound
from picket.domain.export import Export, ExportState
from picket.ipc.changes import CreateExport, DeleteExport, ExportCommand, RenameExport
from picket.media.paths import resolve_inside
from picket.record.exports.names import SUFFIX, numbered_names, partial_name, with_suffix
from picket.store.database import Database
from picket.store.exports import (
    active_exports,
    delete_export,
    find_export,
    find_export_named,
    put_export,
)

MAX_NAME_BYTES = 255  # of every common file system


def carry_out_export(db: Database, exports: Path, command: ExportCommand) -> None:
    """Change files and rows as a client asked; a file goes before its row.

    Raises:
        NotFound: there is no such export.
        InvalidRequest: it cannot be done as asked.
        OSError: the disk refuses.
    """
    match command:
        case CreateExport(export):
            _create(db, exports, export)
        case RenameExport(wanted, name):
            _rename(db, exports, wanted, name)
        case DeleteExport(wanted, asked_time):
            _delete(db, exports, wanted, asked_time)


def is_taken(db: Database, exports: Path, name: str) -> bool:
    """Whether a file has this name or will have it."""
    row = find_export_named(db, name)
    return os.path.lexists(exports / name) or (row is not None and row.is_active)


def give_name(db: Database, export: Export, name: str) -> None:
    """Write the row under a name that is not taken; what else has it, has no file any more."""
    forgotten = find_export_named(db, name)
    if forgotten is not None and forgotten.id != export.id:
        delete_export(db, forgotten.id)
    put_export(db, replace(export, name=name))


def free_name(db: Database, exports: Path, wished: str) -> str:
    """The wished name, or the first one with a number that is not taken."""
    names = numbered_names(wished.removesuffix(SUFFIX))
    return next(name for name in names if not is_taken(db, exports, name))


def _create(db: Database, exports: Path, export: Export) -> None:
    if find_export(db, export.id) is None:
        give_name(db, export, free_name(db, exports, export.name))


def _rename(db: Database, exports: Path, wanted: str, name: str) -> None:
    row = _find(db, wanted)
    if row is not None and row.is_active:
        raise InvalidRequest(f"{row.name} is still being written: rename it when it is whole")
    source = _file(exports, wanted if row is None else row.name)
    if is_taken(db, exports, name):
        raise InvalidRequest(f"an export is called {name} already: choose another name")
    source.rename(resolve_inside(exports, name))
    if row is not None:
        give_name(db, row, name)


def _delete(db: Database, exports: Path, wanted: str, asked_time: float) -> None:
    row = _find(db, wanted)
    if row is None:
        _file(exports, wanted).unlink()
    elif row.is_active:
        stopped = replace(row, state=ExportState.CANCELLED, finished_time=asked_time)
        put_export(db, stopped)
    else:
        with suppress(NotFound):  # of a job that failed, or deleted by hand
            _file(exports, row.name).unlink()
        delete_export(db, row.id)


def _find(db: Database, wanted: str) -> Export | None:
    """The row of an id, a file name, or the name that a running one is shown with."""
    name = with_suffix(wanted)
    found = find_export(db, wanted) or find_export_named(db, name)
    running = (one for one in active_exports(db) if partial_name(one.camera, one.name) == name)
    return found or next(running, None)


def _file(exports: Path, wanted: str) -> Path:
    """The file itself. Raises: NotFound."""
    name = with_suffix(wanted)
    path = resolve_inside(exports, name)
    is_bare = path.parent == exports.resolve() and not name.startswith(".")
    if not is_bare or len(os.fsencode(name)) > MAX_NAME_BYTES or not path.is_file():
        raise NotFound(f"Export not found: {wanted}; /api/exports lists them")
    return path
