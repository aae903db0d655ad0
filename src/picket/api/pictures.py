"""Live pictures: each frame is drawn and encoded once for all who want it alike."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from picket.api.birdseye.composer import Birdseye
from picket.api.offline import (
    OfflineNotice,
    detect_size,
    is_silent,
    offline_notice,
    render_offline,
)
from picket.api.ports import LiveCameras
from picket.config.birdseye import BIRDSEYE
from picket.config.root import Config
from picket.domain.frame import Frame, Picture
from picket.domain.overlay import FrameNotes
from picket.media.draw import Overlays, render_frame
from picket.media.draw_style import draw_style, local_zone
from picket.media.jpeg import encode_jpeg, resize_to_height
from picket.media.plane_jpeg import encode_frame

REMEMBERED_WISHES = 64
NOTHING_DRAWN = Overlays()


@dataclass(frozen=True, slots=True)
class PictureWish:
    """Which picture of which camera; equal wishes share one encoding."""

    camera: str
    overlays: Overlays
    height: int | None = None  # pixels; None keeps the detect stream's
    quality: int = 70  # JPEG, 0..100


@dataclass(frozen=True, slots=True)
class _Shown:
    """A frame as a wish wants it."""

    jpeg: bytes
    frame_time: float  # Unix seconds


@dataclass(slots=True)
class _Encoded:
    """The newest encoding of a wish."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    sequence: int | None = None
    frame_time: float | None = None  # Unix seconds; None when the camera has shown nothing yet
    jpeg: bytes = b""
    notice: OfflineNotice | None = None


class LivePictures:
    """Pictures of all cameras; safe to ask from many threads."""

    def __init__(self, config: Callable[[], Config], live: LiveCameras, birdseye: Birdseye) -> None:
        self._config = config
        self._live = live
        self._birdseye = birdseye
        self._lock = threading.Lock()
        self._encoded: OrderedDict[PictureWish, _Encoded] = OrderedDict()

    def jpeg(self, wish: PictureWish, now: float) -> bytes:
        """The newest frame of a configured camera, or the notice that there is none.

        Of the camera `BIRDSEYE` the common picture, over which nothing is drawn.

        Raises: InvalidRequest when the height makes no picture.
        """
        encoded = self._remember(wish)
        with encoded.lock:
            if wish.camera == BIRDSEYE:
                return self._follow_birdseye(wish, encoded, now)
            self._follow(wish, encoded)
            if is_silent(self._config(), wish.camera, encoded.frame_time, now):
                self._give_notice(wish, encoded)
            return encoded.jpeg

    def _remember(self, wish: PictureWish) -> _Encoded:
        with self._lock:
            encoded = self._encoded.setdefault(wish, _Encoded())
            self._encoded.move_to_end(wish)
            while len(self._encoded) > REMEMBERED_WISHES:
                self._encoded.popitem(last=False)
            return encoded

    def _follow(self, wish: PictureWish, encoded: _Encoded) -> None:
        """Encode the newest frame unless it is the one that is already there."""
        sequence = self._live.sequence(wish.camera)
        if sequence == encoded.sequence:
            return
        shown = self._live.view(wish.camera, partial(self._show, wish))
        if shown is not None:
            encoded.jpeg, encoded.frame_time, encoded.notice = shown.jpeg, shown.frame_time, None
        encoded.sequence = sequence

    def _follow_birdseye(self, wish: PictureWish, encoded: _Encoded, now: float) -> bytes:
        composed = self._birdseye.look(now)
        if composed.number != encoded.sequence:
            encoded.jpeg = encode_frame(composed.frame, wish.quality, height=wish.height)
            encoded.sequence = composed.number
        return encoded.jpeg

    def _show(self, wish: PictureWish, frame: Frame, notes: FrameNotes) -> _Shown:
        if wish.overlays == NOTHING_DRAWN:
            jpeg = encode_frame(frame, wish.quality, height=wish.height)
        else:
            style = draw_style(self._config(), wish.camera, frame.width, frame.height)
            jpeg = _encode(render_frame(frame, notes, wish.overlays, style), wish)
        return _Shown(jpeg, frame.frame_time)

    def _give_notice(self, wish: PictureWish, encoded: _Encoded) -> None:
        status = self._live.cameras().get(wish.camera)
        notice = offline_notice(wish.camera, encoded.frame_time, status)
        if notice != encoded.notice:
            width, height = detect_size(self._config(), wish.camera, status)
            picture = render_offline(notice, width, height, local_zone(self._config()))
            encoded.jpeg = _encode(picture, wish)
            encoded.notice = notice


def _encode(picture: Picture, wish: PictureWish) -> bytes:
    if wish.height is not None:
        picture = resize_to_height(picture, wish.height)
    return encode_jpeg(picture, wish.quality)
