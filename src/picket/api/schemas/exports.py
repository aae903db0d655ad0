"""Exports: bodies and answers."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel

from picket.api.queries import Question
from picket.api.schemas.event_changes import Done
from picket.domain.export import Export, ExportState, Playback

SHOWN_FOLDER = "/media/frigate/exports"
"""Clients make the address of a file from its path in Frigate's container."""


class ExportIn(Question):
    """Body of POST /api/export/...; other keys are ignored, every one may be left out or null."""

    playback: Playback | None = None
    """How fast; `realtime` if left out."""
    name: str | None = None
    """What to call the file."""


class ExportStarted(Done):
    """The new job."""

    export_id: str


class ExportOut(BaseModel):
    """A file that was asked for, or was found in the folder: then it is known by its name only."""

    id: str  # of a file that was found: its name
    camera: str | None
    name: str  # without `.mp4`
    date: float  # when it was asked for, Unix seconds; of a file that was found: its own
    video_path: str
    in_progress: bool
    state: ExportState
    progress: float  # 0..1
    error: str
    playback: Playback | None
    start_time: float | None
    end_time: float | None
    size: int | None  # bytes, once it is whole

    @classmethod
    def of(cls, export: Export) -> Self:
        """The answer's form."""
        return cls(
            id=export.id,
            camera=export.camera,
            name=export.name.rpartition(".")[0],
            date=export.created_time,
            video_path=f"{SHOWN_FOLDER}/{export.name}",
            in_progress=export.is_active,
            state=export.state,
            progress=round(export.progress, 3),
            error=export.error,
            playback=export.playback,
            start_time=export.start_time,
            end_time=export.end_time,
            size=export.size_bytes,
        )

    @classmethod
    def found(cls, name: str, mtime: float, size_bytes: int) -> Self:
        """A whole file that no row tells of."""
        return cls(
            id=name,
            camera=None,
            name=name.rpartition(".")[0],
            date=mtime,
            video_path=f"{SHOWN_FOLDER}/{name}",
            in_progress=False,
            state=ExportState.DONE,
            progress=1.0,
            error="",
            playback=None,
            start_time=None,
            end_time=None,
            size=size_bytes,
        )
