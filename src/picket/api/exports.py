"""Exports: what a client's wish becomes, and what there is."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path

from picket.api.footage import Selection
from picket.api.listing import Entry, read_folder
from picket.api.schemas.exports import ExportIn, ExportOut
from picket.domain.errors import InvalidRequest
from picket.domain.export import Export, ExportState, Playback
from picket.record.exports.names import PARTIAL_PREFIX, SUFFIX, range_stem, wished_stem
from picket.store.database import Database
from picket.store.exports import list_exports
from picket.store.segments import has_footage

HOUR_S = 3600.0
MAX_HOURS = {Playback.REALTIME: 48, Playback.TIMELAPSE: 7 * 24}
"""The tables of two days with sound take up to a gigabyte while they are made."""


def make_export(
    export_id: str, selection: Selection, wanted: ExportIn, now: float, zone: tzinfo | None
) -> Export:
    """The row of an export that is asked for now, Unix seconds.

    Raises: InvalidRequest when the range is empty or too long.
    """
    playback, span = wanted.playback or Playback.REALTIME, selection.span
    if span.duration_s <= 0:
        raise InvalidRequest("the range is empty: it must end after it starts")
    if span.duration_s > MAX_HOURS[playback] * HOUR_S:
        raise InvalidRequest(
            f"at most {MAX_HOURS[playback]} hours can be exported at once as {playback.value}, this"
            f" is {span.duration_s / HOUR_S:.1f}: export it in parts"
        )
    stem = wished_stem(wanted.name or "") or range_stem(selection.camera, span, zone)
    return Export(
        id=export_id,
        camera=selection.camera,
        name=f"{stem}{SUFFIX}",
        start_time=span.start_time,
        end_time=span.end_time,
        playback=playback,
        created_time=now,
    )


def require_footage(db: Database, export: Export) -> None:
    """Raises: InvalidRequest when nothing was recorded in the range."""
    if not has_footage(db, export.camera, export.start_time, export.end_time):
        raise InvalidRequest(f"No recordings of {export.camera} found in that range.")


def exports_by_date(db: Database, folder: Path) -> list[ExportOut]:
    """What is asked for, what is there and what failed, newest first; the files are the truth."""
    rows, files = list_exports(db), _whole_files(folder)
    done = {row.name for row in rows if row.state is ExportState.DONE}
    shown = [
        *(ExportOut.of(row) for row in rows if row.name in files or row.name not in done),
        *(
            ExportOut.found(name, entry.mtime, entry.size_bytes or 0)
            for name, entry in files.items()
            if name not in done
        ),
    ]
    return sorted(shown, key=lambda one: one.date, reverse=True)


def _whole_files(folder: Path) -> dict[str, Entry]:
    return {
        entry.name: entry
        for entry in read_folder(folder.resolve(), folder.resolve()) or ()
        if entry.size_bytes is not None
        and entry.name.endswith(SUFFIX)
        and not entry.name.startswith(PARTIAL_PREFIX)
    }
