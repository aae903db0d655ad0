"""How the running parts are doing, as stats show it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

OBJECT_ROOM = 1.2
"""Most models find an object that nearly fills its square."""

LEAST_HEIGHT_PX = 40.0
"""Small models find nearly as many objects of this height in their input as of larger ones, and of
lower ones less and less."""


class CameraState(StrEnum):
    """What a camera's reader is doing."""

    CONNECTING = "connecting"
    ONLINE = "online"
    OFFLINE = "offline"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class CameraStatus:
    """One camera, told about once a second by its worker."""

    camera: str
    state: CameraState
    since: float  # Unix seconds of the last change of state
    detail: str = ""  # why it is offline; credentials masked
    pid: int = 0  # process that analyses it
    capture_pid: int = 0  # process that reads it
    ffmpeg_pid: int = 0  # ffmpeg child of the detect input, 0 when libav reads in process
    width: int = 0  # pixels of the detect stream, 0 until the first connection
    height: int = 0
    camera_fps: float = 0.0  # frames received at the detect rate, over the last 10 s
    process_fps: float = 0.0  # analysed
    skipped_fps: float = 0.0  # received but not analysed
    detection_fps: float = 0.0  # regions given to a detector
    detect_enabled: bool = True
    motion_enabled: bool = True
    blind_since: float = 0.0  # Unix seconds since when no detector answers, 0.0 when one does
    blind_reason: str = ""
    reconnects: int = 0
    dropped_packets: int = 0  # lost by a slow recorder, decoder or listener since the start
    audio_rms: float = 0.0  # of 16-bit samples, in the last window of sound
    audio_dbfs: float = 0.0  # the same in decibels below the loudest; 0.0 for silence
    audio_lost_windows: int = 0  # loud, but not examined for want of time, since the start
    audio_problem: str = ""  # why no sound is named; empty when all is well or off


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """The model a detector runs."""

    name: str
    type: str  # decoder: "ssd", "yolox", "hog" …
    width: int  # input pixels; 0 when any size will do
    height: int
    pixel_format: str  # order of the channels of a crop: "rgb" or "bgr"
    labels: tuple[str, ...]
    md5: str = ""  # of the model file; "" for a built-in
    object_room: float = OBJECT_ROOM  # finds an object best in a square so many times its size
    least_height_px: float = LEAST_HEIGHT_PX  # of an object in the input, to be found


@dataclass(frozen=True, slots=True)
class DetectorStatus:
    """One detector, told about once a second by its process."""

    name: str
    type: str  # backend: "hog", "onnx", "cpu" …
    pid: int
    inference_ms: float = 0.0  # moving average, 9 parts old and 1 part new
    detection_start: float = 0.0  # Unix seconds when the running inference began, 0.0 when idle
    inferences: int = 0  # since the start
    model: ModelInfo | None = None  # None until it is loaded
    way: str = ""  # runtime, threads and looks at once, in words
