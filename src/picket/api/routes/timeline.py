"""Key moments of events."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from picket.api.deps import Store
from picket.api.queries import ALL
from picket.api.schemas.timeline import TimelineFilter, TimelineOut
from picket.store.timeline import find_timeline

router = APIRouter(prefix="/api/timeline", tags=["events"])


@router.get("", response_model_exclude_unset=True)
def list_timeline(wanted: Annotated[TimelineFilter, Query()], store: Store) -> list[TimelineOut]:
    """Key moments, oldest first."""
    entries = find_timeline(
        store,
        camera=None if wanted.camera in ("", ALL) else wanted.camera,
        source_id=None if wanted.source_id in ("", ALL) else wanted.source_id,
        limit=wanted.limit,
    )
    return [TimelineOut.of(entry) for entry in entries]
