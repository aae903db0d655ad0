"""Suppressions made from events: what the thing looks like is taken from its picture."""

from __future__ import annotations

import cv2

from picket.api.deps import ServerContext
from picket.domain.appearance import Appearance
from picket.domain.errors import InvalidRequest, NotFound, Unavailable
from picket.domain.event import Event
from picket.domain.frame import Picture
from picket.domain.geometry import Box, RelativeBox
from picket.domain.suppression import Suppression
from picket.media.appearance import describe
from picket.media.draw import crop_square
from picket.media.jpeg import decode_picture, to_frame
from picket.media.paths import resolve_inside, snapshot_names


def make_suppression(context: ServerContext, event: Event, note: str) -> Suppression:
    """What leaves untold that which looks like this event at its place.

    Raises:
        InvalidRequest: the event has no place in the picture.
        NotFound: no picture of it is left, or its camera is gone.
        Unavailable: the camera has not said yet how large its pictures are.
    """
    box = event.data.box
    if box is None:
        raise InvalidRequest(
            f"event {event.id} has no box, as it was not seen by a detector: there is nothing to"
            " know again"
        )
    return Suppression(
        id=event.id,
        camera=event.camera,
        label=event.label,
        box=box,
        appearance=_look_at(context, event, box),
        score=max(event.data.score, event.data.top_score),
        created_time=context.clock(),
        note=note,
        thumbnail=event.thumbnail,
    )


def _look_at(context: ServerContext, event: Event, box: RelativeBox) -> Appearance:
    """From the clean picture where there is one, which is sharper, else from the thumbnail."""
    _, name = snapshot_names(event.camera, event.id)
    try:
        clean = to_frame(decode_picture(resolve_inside(context.paths.clips, name).read_bytes()))
        return describe(clean, Box.from_relative(box, clean.width, clean.height))
    except (OSError, ValueError):
        width, height = _frame_size(context, event.camera)
        return _look_at_thumbnail(event, Box.from_relative(box, width, height), width, height)


def _look_at_thumbnail(event: Event, box: Box, width: int, height: int) -> Appearance:
    """Enlarged to what it was cut from, so that its cells are as fine as those of a frame."""
    shown = crop_square(box, width, height).clipped(width, height)
    try:
        small = decode_picture(event.thumbnail)
        assert shown is not None  # noqa: S101 - a box of a frame lies in the frame
        size = shown.width, shown.height
        picture: Picture = cv2.resize(small, size, interpolation=cv2.INTER_CUBIC)  # type: ignore[assignment]
        inside = Box(box.x1 - shown.x1, box.y1 - shown.y1, box.x2 - shown.x1, box.y2 - shown.y1)
        return describe(to_frame(picture), inside)
    except ValueError:
        raise NotFound(
            f"no picture of event {event.id} is left: suppress a newer event of the same thing"
        ) from None


def _frame_size(context: ServerContext, camera: str) -> tuple[int, int]:
    """Pixels of the detect stream, in which the thumbnail was cut out."""
    context.require_camera(camera)
    detect, status = context.config.cameras[camera].detect, context.live.cameras().get(camera)
    width, height = (status.width, status.height) if status else (0, 0)
    width, height = width or detect.width or 0, height or detect.height or 0
    if not width or not height:
        raise Unavailable(f"camera {camera} has shown no picture yet: try again when it does")
    return width, height
