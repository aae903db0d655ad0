"""How the running parts are doing, as stats show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from picket.domain.look import Urgency
from picket.domain.measures import NO_EVENTS, NO_LOOKS, NO_WRITES, Histogram
from picket.domain.segment import GapReason

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
class LookCount:
    """Looks of one kind since the start of a camera's process."""

    made: int = 0
    shed: int = 0  # given up, because a detector was busy with others


@dataclass(frozen=True, slots=True)
class CameraCounts:
    """What a camera's worker counted since it began; a worker that is started anew begins at 0."""

    received: int = 0  # frames at the detect rate
    analysed: int = 0
    skipped: int = 0  # frames that were received and not analysed
    regions: int = 0  # given to a detector
    reconnects: Mapping[GapReason, int] = field(default_factory=dict)  # of all inputs, by cause
    written_bytes: int = 0  # of recordings, handed to the system
    writes: Histogram = NO_WRITES  # handing them over
    syncs: Histogram = NO_WRITES  # waiting until the disk has them
    believed: Histogram = NO_EVENTS  # from an object's first frame to the one that convinced
    analysed_in: Histogram = NO_EVENTS  # from that frame's time to the word to the server


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
    overloaded_since: float = 0.0  # Unix seconds since when it does less than it should, or 0.0
    overload_reason: str = ""
    shed_fps: float = 0.0  # looks that were given up, because a detector was busy
    looks: Mapping[Urgency, LookCount] = field(default_factory=dict)
    reconnects: int = 0
    dropped_packets: int = 0  # lost by a slow recorder, decoder or listener since the start
    counts: CameraCounts = field(default_factory=CameraCounts)
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
    waiting: int = 0  # crops that nobody looks at yet
    looks: Histogram = NO_LOOKS  # inference alone
    waits: Histogram = NO_LOOKS  # from a crop's arrival to its look


@dataclass(frozen=True, slots=True)
class Deleted:
    """What retention took away for one reason."""

    segments: int = 0
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class GapSeconds:
    """How long a camera was not recorded for one reason."""

    camera: str
    reason: GapReason
    seconds: float


@dataclass(frozen=True, slots=True)
class KeeperStatus:
    """The keeper, told about once a second; counts since it began."""

    pid: int
    commits: Histogram = NO_WRITES  # transactions that wrote records down
    refusals: int = 0  # transactions that the database refused
    gaps: tuple[GapSeconds, ...] = ()
    stored: Mapping[str, Histogram] = field(default_factory=dict)
    """By camera: from the change of an event to its commit."""
    deleted: Mapping[str, Deleted] = field(default_factory=dict)  # footage by reason
    deleted_events: int = 0


@dataclass(frozen=True, slots=True)
class BrokerStatus:
    """The connection to the MQTT broker."""

    is_connected: bool
    dropped: int  # messages that did not fit into the backlog since the server began
    waiting: int


@dataclass(frozen=True, slots=True)
class ProcessLife:
    """One of the program's processes, as the server hears of it."""

    silent_s: float  # since its last word, inf before the first
    restarts: int  # how often another one has taken its place since the server began
    cameras: tuple[str, ...] = ()  # that it runs
