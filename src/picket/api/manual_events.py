"""Manual events: what a client's wish becomes, as a row and as pictures."""

from __future__ import annotations

from picket.api.deps import ServerContext
from picket.api.schemas.manual_events import BoxIn, ManualEventIn
from picket.config.camera import CameraConfig
from picket.domain.event import Event, EventData
from picket.domain.frame import Frame, Picture
from picket.media.draw import draw_labelled_box
from picket.media.jpeg import to_picture
from picket.media.whole_pictures import WholePictures, encode_pictures


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
) -> WholePictures:
    """All pictures of a manual event."""
    clean = to_picture(frame)
    drawn = clean.copy()
    for wanted in boxes:
        _draw(drawn, label, wanted)
    return encode_pictures(drawn, clean, camera.snapshots)


def _draw(picture: Picture, label: str, wanted: BoxIn) -> None:
    height, width = picture.shape[:2]
    name = label if label.isascii() and label.isprintable() else ""  # the font has no more letters
    score = "" if wanted.score is None else f"{wanted.score:g}%"
    text = ": ".join(part for part in (name, score) if part)
    draw_labelled_box(picture, wanted.to_pixels(width, height), text, wanted.bgr())
