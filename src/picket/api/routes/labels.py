"""Words that occur in events."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from picket.api.deps import Store
from picket.api.queries import ALL, Switch
from picket.store.event_summary import find_labels, find_sub_labels

CameraName = Annotated[str, Query(description="Name of a camera, or `all`.")]
SplitJoined = Annotated[Switch, Query(description="1: names joined by commas are told apart.")]

router = APIRouter(prefix="/api", tags=["events"])


@router.get("/labels")
def list_labels(store: Store, camera: CameraName = ALL) -> list[str]:
    """Every label that occurs, of one camera or of all."""
    return find_labels(store, None if camera in ("", ALL) else camera)


@router.get("/sub_labels")
def list_sub_labels(store: Store, split_joined: SplitJoined = False) -> list[str]:  # noqa: FBT002
    """Every sub label that occurs; `split_joined=1` takes comma-joined ones apart."""
    return find_sub_labels(store, split_joined=split_joined)
