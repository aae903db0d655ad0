"""What a viewer of a camera sees now: its newest frame, or the notice of its silence."""

from __future__ import annotations

from collections.abc import Callable

from picket.api.offline import (
    OfflineNotice,
    detect_size,
    is_silent,
    offline_notice,
    render_offline,
)
from picket.api.ports import LiveCameras
from picket.config.root import Config
from picket.domain.frame import Frame, Yuv
from picket.media.draw_style import local_zone
from picket.media.jpeg import to_frame


class LiveFrames:
    """Follows one camera for one reader."""

    def __init__(
        self,
        config: Callable[[], Config],
        live: LiveCameras,
        camera: str,
        keep: Callable[[Frame], Frame] = Frame.copy,
    ) -> None:
        """Args: keep: makes of a frame in the ring what the reader wants of it."""
        self._keep = keep
        self._config = config
        self._live = live
        self._camera = camera
        self._sequence: int | None = None
        self._frame_time: float | None = None
        self._notice: OfflineNotice | None = None
        self.newest: Yuv | None = None
        """The picture as last looked at; None before the first look."""

    def look(self, now: float) -> bool:
        """Whether there is another picture than before; `now` is Unix seconds."""
        sequence = self._live.sequence(self._camera)
        if sequence != self._sequence:
            self._sequence = sequence
            frame = self._live.view(self._camera, lambda frame, _: self._keep(frame))
            if frame is not None:
                self.newest, self._frame_time, self._notice = frame.yuv, frame.frame_time, None
                return True
        is_off = is_silent(self._config(), self._camera, self._frame_time, now)
        return is_off and self._look_offline()

    def _look_offline(self) -> bool:
        config, status = self._config(), self._live.cameras().get(self._camera)
        notice = offline_notice(self._camera, self._frame_time, status)
        if notice == self._notice:
            return False
        width, height = detect_size(config, self._camera, status)
        picture = render_offline(notice, width, height, local_zone(config))
        self.newest = self._keep(to_frame(picture)).yuv
        self._notice = notice
        return True
