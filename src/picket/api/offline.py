"""The picture in place of a camera that shows nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

import cv2
import numpy as np

from picket.config.root import Config
from picket.domain.frame import Picture
from picket.domain.status import CameraStatus

_FONT = cv2.FONT_HERSHEY_SIMPLEX
BACKGROUND = (46, 40, 36)  # BGR
BRIGHT = (235, 235, 235)
DIM = (165, 160, 155)
ALERT = (80, 110, 240)


@dataclass(frozen=True, slots=True)
class OfflineNotice:
    """What there is to say about a silent camera."""

    camera: str
    since: float | None  # Unix seconds of the last sign of life; None when there was none
    detail: str = ""  # why, if known; credentials masked

    def lines(self, zone: tzinfo) -> tuple[str, ...]:
        """The text, from important to less so."""
        since = (
            "no picture yet"
            if self.since is None
            else f"since {datetime.fromtimestamp(self.since, zone):%Y-%m-%d %H:%M:%S}"
        )
        text = (f"{self.camera} is offline", since, self.detail)
        # OpenCV's letters are ASCII; anything else would be drawn as question marks anyway.
        return tuple(line.encode("ascii", "replace").decode() for line in text if line)


def render_offline(notice: OfflineNotice, width: int, height: int, zone: tzinfo) -> Picture:
    """A calm dark picture of this size, in pixels, that names the camera and the time; BGR."""
    picture: Picture = np.full((height, width, 3), BACKGROUND, np.uint8)
    margin = max(width // 16, 2)
    bar = max(height // 90, 2)
    cv2.rectangle(picture, (0, 0), (width, bar), ALERT, cv2.FILLED)
    baseline = height * 2 // 5
    for number, line in enumerate(notice.lines(zone)):
        size = height / 9 if number == 0 else height / 16
        scale = _fitting_scale(line, size, width - 2 * margin)
        thickness = max(round(scale * 1.6), 1)
        color = BRIGHT if number == 0 else DIM
        cv2.putText(picture, line, (margin, baseline), _FONT, scale, color, thickness, cv2.LINE_AA)
        baseline += max(height // 9, 1)
    return picture


def is_silent(config: Config, camera: str, frame_time: float | None, now: float) -> bool:
    """Whether a notice takes the place of the camera's newest frame; times in Unix seconds."""
    patience_s = config.cameras[camera].ffmpeg.retry_interval
    return frame_time is None or now - frame_time > patience_s


def offline_notice(
    camera: str, frame_time: float | None, status: CameraStatus | None
) -> OfflineNotice:
    """What is known of a silent camera whose newest frame was of this time, if there was one."""
    since = frame_time if frame_time is not None or status is None else status.since
    return OfflineNotice(camera, since, detail=status.detail if status else "")


def detect_size(config: Config, camera: str, status: CameraStatus | None) -> tuple[int, int]:
    """Width and height of the detect stream in pixels, as far as it is known."""
    if status is not None and status.width and status.height:
        return status.width, status.height
    detect = config.cameras[camera].detect
    return detect.width or 1280, detect.height or 720


def _fitting_scale(line: str, height: float, width: int) -> float:
    """The letter scale that gives a height in pixels, or less if the line would not fit."""
    scale = cv2.getFontScaleFromHeight(_FONT, max(round(height * 0.7), 1))
    (line_width, _), _ = cv2.getTextSize(line, _FONT, scale, 1)
    return scale * min(1.0, max(width, 1) / max(line_width, 1))
