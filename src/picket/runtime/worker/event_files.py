"""Pictures of events: drawn from the best shot, kept as files where the user wants them."""

from __future__ import annotations

import logging
from pathlib import Path

from picket.config.mqtt import CameraMqttConfig
from picket.config.root import Config
from picket.config.snapshots import SnapshotsConfig
from picket.domain.event import Event
from picket.domain.geometry import Box
from picket.domain.overlay import SnapshotOptions
from picket.events.best_shot import BestShot
from picket.media.draw import THUMBNAIL_HEIGHT_PX, crop_square, render_snapshot
from picket.media.draw_style import draw_style
from picket.media.jpeg import encode_jpeg, encode_png, to_picture
from picket.media.paths import snapshot_names
from picket.media.plane_jpeg import encode_frame

logger = logging.getLogger(__name__)


class EventPictures:
    """Draws and stores the pictures of one camera's events."""

    def __init__(self, config: Config, camera: str, clips: Path) -> None:
        self._config = config
        self._camera = camera
        self._clips = clips

    def adopt(self, config: Config) -> None:
        """Draw by a changed configuration from now on."""
        self._config = config

    def thumbnail(self, shot: BestShot) -> bytes:
        """The small square JPEG."""
        return encode_frame(shot.frame, part=_square(shot), height=THUMBNAIL_HEIGHT_PX)

    def snapshot(self, label: str, shot: BestShot, options: SnapshotOptions) -> bytes:
        """JPEG of the shot as the options want it."""
        if not options.is_drawn:
            part = _square(shot) if options.crop else None
            return encode_frame(shot.frame, options.quality, part=part, height=options.height)
        style = draw_style(self._config, self._camera, shot.frame.width, shot.frame.height)
        picture = render_snapshot(shot.frame, label, shot.view, options, style)
        return encode_jpeg(picture, options.quality)

    def published(self, label: str, shot: BestShot) -> bytes:
        """JPEG of the shot for the broker."""
        return self.snapshot(label, shot, _options(self._config.cameras[self._camera].mqtt))

    def store(self, event: Event, shot: BestShot) -> None:
        """Write the snapshot, and the clean copy if wanted; a full disk costs only the picture."""
        settings = self._config.cameras[self._camera].snapshots
        drawn, clean = (self._clips / name for name in snapshot_names(self._camera, event.id))
        try:
            jpeg = self.snapshot(event.label, shot, _options(settings))
            drawn.write_bytes(jpeg)
            if settings.clean_copy:
                clean.write_bytes(encode_png(to_picture(shot.frame)))
        except OSError as error:
            logger.error("snapshot of event %s is lost: %s", event.id, error)  # noqa: TRY400


def _square(shot: BestShot) -> Box:
    return crop_square(shot.view.box, shot.frame.width, shot.frame.height)


def _options(settings: SnapshotsConfig | CameraMqttConfig) -> SnapshotOptions:
    return SnapshotOptions(
        height=settings.height,
        bounding_box=settings.bounding_box,
        timestamp=settings.timestamp,
        crop=settings.crop,
        quality=settings.quality,
    )
