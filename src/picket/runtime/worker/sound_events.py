"""Writes down and tells the events of one camera's sounds, with what it shows meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from picket.audio.events import sound_event
from picket.audio.hearing import Happening, SoundEnded
from picket.config.camera import CameraConfig
from picket.domain.errors import FrameOverwritten
from picket.domain.event import Event
from picket.domain.frame import Frame
from picket.ipc.frame_ring import FrameRing
from picket.ipc.messages import Change, EventChanged, Record, SoundChanged
from picket.media.jpeg import to_picture
from picket.media.whole_pictures import encode_pictures, store_pictures

READ_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class SoundEvents:
    """Where the rows, the pictures and the frames are."""

    put: Callable[[Record], None]  # to the keeper
    tell: Callable[[SoundChanged], object]  # to the server
    ring: FrameRing  # of the camera
    clips: Path
    wall: Callable[[], float]  # Unix seconds

    def take(self, happening: Happening, camera: CameraConfig) -> None:
        """A sound began or ended."""
        is_over = isinstance(happening, SoundEnded)
        event = sound_event(happening.sound, camera, is_over=is_over)
        if not is_over:
            event = self._pictured(event, camera)
        self.put(EventChanged(event))
        change = Change.END if is_over else Change.NEW
        self.tell(SoundChanged(change, replace(event, thumbnail=b""), self.wall()))

    def _pictured(self, event: Event, camera: CameraConfig) -> Event:
        """With the newest frame, unless the camera has shown nothing for as long as a retry."""
        frame = self._frame()
        if frame is None or self.wall() - frame.frame_time > camera.ffmpeg.retry_interval:
            return event
        picture = to_picture(frame)
        pictures = encode_pictures(picture, picture, camera.snapshots)
        is_stored = store_pictures(self.clips, event, pictures)
        return replace(event, has_snapshot=is_stored, thumbnail=pictures.thumbnail)

    def _frame(self) -> Frame | None:
        for _ in range(READ_ATTEMPTS):
            try:
                return self.ring.view_latest(lambda frame, _: frame.copy())
            except FrameOverwritten:
                continue
        return None
