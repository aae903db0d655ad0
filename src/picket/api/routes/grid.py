"""What a camera's past objects taught about the size of regions, as a picture."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from picket.api.answers import describe, jpeg_answer
from picket.api.deps import Context, ServerContext, Store
from picket.api.manual_events import current_frame
from picket.api.schemas.pictures import GridOptions
from picket.detect.region_grid import LEARNED_MOMENTS, learn_grid, region_side
from picket.detect.regions import RegionRules
from picket.domain.errors import NotFound, Unavailable
from picket.domain.region_grid import GRID_SIZE, Cell, Place, RegionGrid
from picket.domain.status import ModelInfo
from picket.media.draw_grid import draw_grid
from picket.media.jpeg import encode_jpeg, to_picture
from picket.pipeline.rules import region_rules
from picket.store.timeline import past_boxes

router = APIRouter(prefix="/api", tags=["pictures"], default_response_class=Response)


@router.get("/{camera}/grid.jpg", responses=describe("image/jpeg", "A picture."))
def show_grid(
    camera: str, wanted: Annotated[GridOptions, Query()], store: Store, context: Context
) -> Response:
    """The newest frame with count, deviation and mean of the regions learned for each place."""
    context.require_camera(camera)
    frame = current_frame(context, context.config.cameras[camera], context.clock())
    if frame is None:
        raise Unavailable(f"camera {camera} shows no picture now: try again when it is online")
    rules = region_rules(frame.width, frame.height, _model_in_use(context))
    grid = learn_grid(past_boxes(store, camera, LEARNED_MOMENTS))
    if not grid.cells:
        raise NotFound(f"camera {camera} has no region grid yet: objects that it tracks teach it")
    picture = to_picture(frame)
    draw_grid(picture, _notes(grid, rules), GRID_SIZE, wanted.style())
    return jpeg_answer(encode_jpeg(picture))


def _model_in_use(context: ServerContext) -> ModelInfo | None:
    models = (status.model for status in context.live.detectors().values())
    return next((model for model in models if model is not None), None)


def _notes(grid: RegionGrid, rules: RegionRules) -> dict[Place, tuple[str, ...]]:
    """What is written into each cell, in pixels of the frame."""
    return {place: _note(cell, rules) for place, cell in grid.cells.items()}


def _note(cell: Cell, rules: RegionRules) -> tuple[str, ...]:
    mean, deviation = region_side(cell, rules)
    return f"n: {cell.count}", f"std: {deviation:.0f}", f"avg: {mean:.0f}"
