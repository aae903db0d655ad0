"""Live video: one encoder for each camera that is watched, however many watch, none otherwise."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from picket.api.birdseye.composer import Birdseye, BirdseyeFrames
from picket.api.live_frames import LiveFrames
from picket.api.ports import LiveCameras
from picket.config.birdseye import BIRDSEYE
from picket.config.live import LiveConfig
from picket.config.root import Config
from picket.domain.errors import MediaError
from picket.domain.frame import Yuv
from picket.ipc.mailbox import Mailbox
from picket.media.mpeg1_pieces import TICKS_PER_S, Piece, stream_size

if TYPE_CHECKING:
    from picket.media.mpeg1 import Mpeg1Stream

logger = logging.getLogger(__name__)

INBOX_PIECES = 50  # of a viewer; two seconds of the quickest stream
REPEAT_S = 1.0
"""A picture that stays is sent again after so long, so that players know that we live."""


class Frames(Protocol):
    """What a stream shows; followed by one reader."""

    newest: Yuv | None

    def look(self, now: float) -> bool:
        """Whether there is another picture than before; `now` is Unix seconds."""


class Viewer:
    """One who watches: begins at a keyframe, also after he lost something."""

    def __init__(self, camera: str, wake: Callable[[], None]) -> None:
        self.camera = camera
        self.is_over = False  # the stream broke
        self._wake = wake
        self._inbox = Mailbox[Piece](wake, INBOX_PIECES)
        self._awaits_keyframe = True

    def offer(self, piece: Piece) -> None:
        """Put it into his mailbox if he can use it and has room."""
        if piece.is_keyframe or not self._awaits_keyframe:
            self._awaits_keyframe = not self._inbox.put(piece)

    def take(self) -> list[Piece]:
        """What came since the last time."""
        return self._inbox.take()

    def end(self) -> None:
        """Nothing more will come."""
        self.is_over = True
        self._wake()


class LiveVideo:
    """The streams of all cameras; any thread may call it."""

    def __init__(
        self,
        config: Callable[[], Config],
        live: LiveCameras,
        birdseye: Birdseye,
        clock: Callable[[], float],
    ) -> None:
        self._config = config
        self._live = live
        self._birdseye = birdseye
        self._clock = clock
        self._lock = threading.Lock()
        self._streams: dict[str, _Stream] = {}

    def watch(self, camera: str, wake: Callable[[], None]) -> Viewer:
        """Watch a configured camera, or BIRDSEYE.

        `wake` is called from another thread when something came.
        """
        viewer = Viewer(camera, wake)
        with self._lock:
            stream = self._streams.get(camera)
            if stream is None or not stream.join(viewer):
                self._streams[camera] = self._begin(viewer)
        return viewer

    def leave(self, viewer: Viewer) -> None:
        """Watch no longer; the last one ends the stream."""
        with self._lock:
            stream = self._streams.get(viewer.camera)
            if stream is not None and stream.leave(viewer):
                del self._streams[viewer.camera]

    def _begin(self, viewer: Viewer) -> _Stream:
        frames, wanted = self._source(viewer.camera)
        stream = _Stream(frames, _Encoder(wanted), self._clock)
        stream.join(viewer)
        threading.Thread(target=stream.run, name=f"live:{viewer.camera}", daemon=True).start()
        return stream

    def _source(self, camera: str) -> tuple[Frames, LiveConfig]:
        config = self._config()
        if camera == BIRDSEYE:
            own = LiveConfig(height=config.birdseye.height, quality=config.birdseye.quality)
            return BirdseyeFrames(self._birdseye), own
        return LiveFrames(self._config, self._live, camera), config.cameras[camera].live


class _Stream:
    """The stream of one camera; `run` is its thread."""

    def __init__(self, frames: Frames, encoder: _Encoder, clock: Callable[[], float]) -> None:
        self._frames = frames
        self._encoder = encoder
        self._clock = clock
        self._lock = threading.Lock()
        self._viewers: list[Viewer] = []
        self._is_joined = False  # somebody came and has seen nothing yet
        self._is_over = threading.Event()

    def join(self, viewer: Viewer) -> bool:
        """False when this stream is over."""
        with self._lock:
            if self._is_over.is_set():
                return False
            self._viewers.append(viewer)
            self._is_joined = True
            return True

    def leave(self, viewer: Viewer) -> bool:
        """Whether nobody is left, so that this stream is over."""
        with self._lock:
            if viewer in self._viewers:
                self._viewers.remove(viewer)
            if not self._viewers:
                self._is_over.set()
            return self._is_over.is_set()

    def run(self) -> None:
        """Encode what the camera shows until the last viewer leaves."""
        begun, tick = time.monotonic(), -1
        try:
            while not self._is_over.wait(1 / TICKS_PER_S):
                now = int((time.monotonic() - begun) * TICKS_PER_S)
                is_new = self._frames.look(self._clock())
                if is_new or self._is_joined or now - tick >= REPEAT_S * TICKS_PER_S:
                    tick = max(tick + 1, now)
                    self._show(tick)
        except MediaError as error:
            logger.error("live video cannot be made: %s", error)  # noqa: TRY400
        finally:
            self._end()

    def _show(self, tick: int) -> None:
        if self._frames.newest is None:
            return
        with self._lock:
            viewers, is_keyframe = tuple(self._viewers), self._is_joined
            self._is_joined = False
        piece = self._encoder.encode(self._frames.newest, tick, is_keyframe=is_keyframe)
        for viewer in viewers:
            viewer.offer(piece)

    def _end(self) -> None:
        self._encoder.close()
        with self._lock:
            self._is_over.set()
            viewers = tuple(self._viewers)
        for viewer in viewers:
            viewer.end()


class _Encoder:
    """Begins anew when the camera's picture gets another shape."""

    def __init__(self, config: LiveConfig) -> None:
        self._config = config
        self._size = (0, 0)
        self._stream: Mpeg1Stream | None = None

    def encode(self, yuv: Yuv, tick: int, *, is_keyframe: bool) -> Piece:
        """See Mpeg1Stream.encode; libav is loaded only when somebody watches."""
        from picket.media.mpeg1 import Mpeg1Stream

        size = stream_size(yuv.shape[1], yuv.shape[0] * 2 // 3, self._config.height)
        if self._stream is None or size != self._size:
            self.close()
            self._size, self._stream = size, Mpeg1Stream(*size, self._config.quality)
        return self._stream.encode(yuv, tick, is_keyframe=is_keyframe)

    def close(self) -> None:
        """Give the encoder back."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
