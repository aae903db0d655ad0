"""Exports: footage saved as files."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Body, Depends

from picket.api.deps import Context, Store
from picket.api.exports import exports_by_date, make_export, require_footage
from picket.api.footage import Selection, range_selection
from picket.api.schemas.event_changes import Done
from picket.api.schemas.exports import ExportIn, ExportOut, ExportStarted
from picket.domain.errors import InvalidRequest
from picket.domain.ids import ALPHABET, SUFFIX_LENGTH, timed_id
from picket.ipc.changes import CreateExport, DeleteExport, RenameExport
from picket.record.exports.names import MAX_STEM, STEM, SUFFIX
from picket.store.local_time import find_zone

router = APIRouter(prefix="/api", tags=["recordings"])


@router.get("/exports")
def list_all_exports(store: Store, context: Context) -> list[ExportOut]:
    """Every export, running and failed ones too, newest first."""
    return exports_by_date(store, context.paths.exports)


@router.post("/export/{camera}/start/{start}/end/{end}")
def start_export(
    selection: Annotated[Selection, Depends(range_selection)],
    store: Store,
    context: Context,
    body: Annotated[ExportIn | None, Body()] = None,
) -> ExportStarted:
    """Save a time range as a file; answered at once, written when its turn comes."""
    context.require_camera(selection.camera)
    now, zone = context.clock(), context.config.ui.timezone
    export = make_export(
        timed_id(now, [secrets.randbelow(len(ALPHABET)) for _ in range(SUFFIX_LENGTH)]),
        selection,
        body or ExportIn(),
        now,
        find_zone(zone) if zone else None,
    )
    require_footage(store, export)
    context.commands.carry_out(CreateExport(export))
    return ExportStarted(
        message=f"Export of {export.camera} has begun: /api/exports shows how far it is",
        export_id=export.id,
    )


@router.patch("/export/{current}/{new}")
def rename_export(current: str, new: str, context: Context) -> Done:
    """Give an export another name; `current` is its id or file name."""
    if not STEM.fullmatch(new):
        raise InvalidRequest(
            f"{new[:60]!r} cannot be a name: use at most {MAX_STEM} letters, digits, `:`, `_` and"
            " `-`, without an ending"
        )
    context.commands.carry_out(RenameExport(current, f"{new}{SUFFIX}"))
    return Done(message=f"Export {current} is now called {new}")


@router.delete("/export/{name}")
def delete_export(name: str, context: Context) -> Done:
    """Delete an export by its id or file name; one that is queued or running is stopped."""
    context.commands.carry_out(DeleteExport(name, context.clock()))
    return Done(message=f"Export {name} deleted or stopped")
