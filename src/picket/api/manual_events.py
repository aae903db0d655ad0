"""Manual events: what a client's wish becomes, as a row and as pictures."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from picket.api.deps import ServerContext
from picket.api.schemas.manual_events import BoxIn, ManualEventIn
from picket.config.camera import CameraConfig
from picket.domain.event import Event, EventData
from picket.domain.frame import Frame, Picture
from picket.media.draw import THUMBNAIL_HEIGHT_PX, draw_labelled_box
from picket.media.jpeg import encode_jpeg, encode_png, resize_to_height, to_picture
from picket.media.paths import resolve_inside, snapshot_names

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ManualPictures:
    """The pictures of one event, encoded."""

    snapshot: bytes  # JPEG with the boxes drawn
    clean: bytes  # PNG without; b"" when no clean copy is wanted
    thumbnail: bytes  # JPEG of the whole frame


def make_event(
    event_id: str, label: str, wanted: ManualEventIn, camera: CameraConfig, now: float
) -> Event:
    """The row of a manual event that begins now, Unix seconds; still without pictures."""
    around = camera.record.events
    duration_s = wanted.duration
    return Event(
        id=event_id,
        camera=camera.name,
        label=label,
        start_time=now - around.pre_capture,
        end_time=None if duration_s is None else now + duration_s + around.post_capture,
        has_clip=camera.record.enabled and wanted.include_recording,
        data=EventData(type=wanted.source_type, score=wanted.score, top_score=wanted.score),
        sub_label=wanted.sub_label or None,
    )


def current_frame(context: ServerContext, camera: CameraConfig, now: float) -> Frame | None:
    """What the camera shows now; None when it has been silent for longer than a retry takes."""
    frame = context.live.view(camera.name, lambda frame, _: frame.copy())
    if frame is None or now - frame.frame_time > camera.ffmpeg.retry_interval:
        return None
    return frame


def draw_pictures(
    frame: Frame, label: str, boxes: list[BoxIn], camera: CameraConfig
) -> ManualPictures:
    """All pictures of a manual event."""
    picture = to_picture(frame)
    clean = encode_png(picture) if camera.snapshots.clean_copy else b""
    for wanted in boxes:
        _draw(picture, label, wanted)
    return ManualPictures(
        snapshot=encode_jpeg(picture, camera.snapshots.quality),
        clean=clean,
        thumbnail=encode_jpeg(resize_to_height(picture, THUMBNAIL_HEIGHT_PX)),
    )


def store_pictures(clips: Path, event: Event, pictures: ManualPictures) -> bool:
    """Write the files; False when that is not possible, which costs the picture, not the event."""
    try:
        for name, data in zip(
            snapshot_names(event.camera, event.id),
            (pictures.snapshot, pictures.clean),
            strict=True,
        ):
            if data:
                resolve_inside(clips, name).write_bytes(data)
    except OSError as error:
        logger.error("snapshot of event %s is lost: %s", event.id, error)  # noqa: TRY400
        return False
    return True


def _draw(picture: Picture, label: str, wanted: BoxIn) -> None:
    height, width = picture.shape[:2]
    name = label if label.isascii() and label.isprintable() else ""  # the font has no more letters
    score = "" if wanted.score is None else f"{wanted.score:g}%"
    text = ": ".join(part for part in (name, score) if part)
    draw_labelled_box(picture, wanted.to_pixels(width, height), text, wanted.bgr())
