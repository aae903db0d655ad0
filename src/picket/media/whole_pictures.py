"""Pictures of events that have no place in the picture, such as sounds: the whole frame."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from picket.config.snapshots import SnapshotsConfig
from picket.domain.event import Event
from picket.domain.frame import Picture
from picket.media.draw import THUMBNAIL_HEIGHT_PX
from picket.media.jpeg import encode_jpeg, encode_png, resize_to_height
from picket.media.paths import resolve_inside, snapshot_names

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WholePictures:
    """The pictures of one event, encoded."""

    snapshot: bytes  # JPEG with whatever is drawn on it
    clean: bytes  # PNG without; b"" when no clean copy is wanted
    thumbnail: bytes  # JPEG of the whole frame


def encode_pictures(drawn: Picture, clean: Picture, settings: SnapshotsConfig) -> WholePictures:
    """All pictures of an event: `drawn` for people, `clean` for those who draw themselves."""
    return WholePictures(
        snapshot=encode_jpeg(drawn, settings.quality),
        clean=encode_png(clean) if settings.clean_copy else b"",
        thumbnail=encode_jpeg(resize_to_height(drawn, THUMBNAIL_HEIGHT_PX)),
    )


def store_pictures(clips: Path, event: Event, pictures: WholePictures) -> bool:
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
