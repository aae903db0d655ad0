"""Every message that crosses a process border; frozen, plain values only.

What clients may ask to be changed is in `changes`.

cameras  → keeper    WorkerStarted, SegmentWritten, SegmentAnalysed, SegmentHeard, GapNoted,
                     EventChanged, EventDiscarded, TimelineNoted, TrackQuieted
                     (in a Numbered envelope until acknowledged)
keeper   → cameras   KeeperReady, Acknowledged, SuppressionsChanged, SizesLearned
cameras  → server    CameraStatus, ObjectChanged, SceneChanged, SoundHeard, SoundChanged,
                     PictureTaken, SnapshotAnswer, ResidentsAnswer, TargetsSeen
server   → cameras   SnapshotAsked, ConfigChanged, SetSubLabel, DeleteEvent   (of running objects),
                     ResidentsAsked, ForgetResidents, LiveAsked, CameraTurned
cameras  → detector  DetectAsked, ModelAsked
detector → cameras   DetectorReady, DetectAnswer
detector → server    DetectorStatus
server   → keeper    StoreCommand, ConfigChanged
keeper   → server    StoreAnswer, KeeperStatus
server   → main      ConfigChanged, RestartAsked
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from picket.config.live_streams import LiveStream
from picket.config.root import Config
from picket.domain.event import Event, PathPoint, TimelineEntry
from picket.domain.gaze import Glance
from picket.domain.overlay import ObjectView, SnapshotOptions
from picket.domain.region_grid import RegionGrid
from picket.domain.resident import ResidentView
from picket.domain.segment import Gap, Segment
from picket.domain.status import ModelInfo
from picket.domain.suppression import Suppression


@dataclass(frozen=True, slots=True)
class SegmentWritten:
    """A segment was opened, grew by a fragment, or was closed: the whole row, newest state."""

    segment: Segment


@dataclass(frozen=True, slots=True)
class SegmentAnalysed:
    """Every frame of a segment went through analysis."""

    segment_id: str
    motion: int
    objects: int


@dataclass(frozen=True, slots=True)
class SegmentHeard:
    """The sound of a segment was listened to, as far as there is any."""

    segment_id: str
    dbfs: int  # mean loudness of what was loud enough to be examined; 0: nothing was


@dataclass(frozen=True, slots=True)
class GapNoted:
    """A gap began or ended."""

    gap: Gap


@dataclass(frozen=True, slots=True)
class EventChanged:
    """An event's row, newest state; what the user set (sub label, retain) is not overwritten."""

    event: Event
    path: tuple[PathPoint, ...] = ()  # where its object was so far
    told_time: float = 0.0  # Unix seconds when the worker told of it, 0.0 when nobody measures


@dataclass(frozen=True, slots=True)
class EventDiscarded:
    """An object is not worth an event, or a client deleted it: nothing of it stays."""

    event_id: str


@dataclass(frozen=True, slots=True)
class TimelineNoted:
    """A key moment."""

    entry: TimelineEntry


@dataclass(frozen=True, slots=True)
class TrackQuieted:
    """An object would have become an event, had a suppression not known it."""

    suppression_id: str
    frame_time: float  # Unix seconds


@dataclass(frozen=True, slots=True)
class WorkerStarted:
    """First record of a worker's life: what these cameras saw before is not running any more."""

    cameras: tuple[str, ...]
    started_time: float  # Unix seconds


Record = (
    WorkerStarted
    | SegmentWritten
    | SegmentAnalysed
    | SegmentHeard
    | GapNoted
    | EventChanged
    | EventDiscarded
    | TimelineNoted
    | TrackQuieted
)
"""What the keeper writes down."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A record with its number, kept by the sender until acknowledged."""

    boot: str  # one life of the sending process
    number: int
    record: Record


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Everything that this life of the sender numbered so far is committed."""

    boot: str
    number: int


@dataclass(frozen=True, slots=True)
class KeeperReady:
    """The keeper (re)started: send again what it has not acknowledged."""


@dataclass(frozen=True, slots=True)
class SizesLearned:
    """How large objects usually are in a camera's picture; told to every worker."""

    camera: str
    grid: RegionGrid


@dataclass(frozen=True, slots=True)
class SuppressionsChanged:
    """All that are in effect from now on, of every camera, without pictures."""

    suppressions: tuple[Suppression, ...]


class Change(StrEnum):
    """Stage of an object's life that a client is told of."""

    NEW = "new"
    UPDATE = "update"
    END = "end"


@dataclass(frozen=True, slots=True)
class ObjectChanged:
    """One message of the MQTT `events` topic."""

    change: Change
    before: ObjectView
    after: ObjectView
    told_time: float = 0.0  # when the worker said it, Unix seconds


@dataclass(frozen=True, slots=True)
class SceneChanged:
    """What a camera shows now; told when it changes, and again now and then."""

    camera: str
    is_moving: bool  # something moved within the last `mqtt_off_delay` seconds
    labels: Mapping[str, int]  # believed objects by label, none with 0
    zones: Mapping[str, Mapping[str, int]]  # the same by zone, of every zone it has


@dataclass(frozen=True, slots=True)
class TargetsSeen:
    """What a camera that follows objects shows now; the newest one counts."""

    camera: str
    glance: Glance


@dataclass(frozen=True, slots=True)
class CameraTurned:
    """Whether a camera that follows rests where it was set up to look; repeated once a second."""

    camera: str
    is_home: bool


@dataclass(frozen=True, slots=True)
class SoundHeard:
    """What a camera hears now; told with every window of sound, and once when it stops to listen.

    Whoever missed one knows all again with the next.
    """

    camera: str
    rms: float  # of 16-bit samples
    dbfs: float  # 0.0 for silence
    labels: tuple[str, ...]  # sounds whose events go on


@dataclass(frozen=True, slots=True)
class SoundChanged:
    """A sound began or ended."""

    change: Change  # never UPDATE
    event: Event  # its row, without the picture
    told_time: float  # when the worker said it, Unix seconds


@dataclass(frozen=True, slots=True)
class PictureTaken:
    """A camera has a better picture of a label than before."""

    camera: str
    label: str
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class SnapshotAsked:
    """Draw the best picture of a running event."""

    request: int
    camera: str
    event_id: str
    options: SnapshotOptions


@dataclass(frozen=True, slots=True)
class SnapshotAnswer:
    """The JPEG, or None when the event is not running here."""

    request: int
    jpeg: bytes | None


@dataclass(frozen=True, slots=True)
class ResidentsAsked:
    """Which residents does a camera know?"""

    request: int
    camera: str


@dataclass(frozen=True, slots=True)
class ForgetResidents:
    """Let a resident be news again, or all of a camera when None."""

    request: int
    camera: str
    resident_id: str | None


@dataclass(frozen=True, slots=True)
class ResidentsAnswer:
    """Those that are known, or that were forgotten."""

    request: int
    residents: tuple[ResidentView, ...]


@dataclass(frozen=True, slots=True)
class LiveAsked:
    """Somebody watches a stream's packets; said again every few seconds."""

    camera: str
    stream: LiveStream
    is_new: bool  # he has nothing yet


@dataclass(frozen=True, slots=True)
class DetectAsked:
    """A crop lies in a slot of the shared block of this pair of processes."""

    request: int
    slot: int
    width: int  # pixels of the crop; the model's input size unless the model takes any
    height: int
    due_monotonic: float  # of two the earlier comes first; all processes share this clock
    until_monotonic: float  # when it is too late to begin


@dataclass(frozen=True, slots=True)
class FoundObject:
    """One object in one crop; the box is relative to the crop, 0..1, corners."""

    label: str
    score: float
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class DetectAnswer:
    """What was found, best first; `error` when inference failed."""

    request: int
    found: tuple[FoundObject, ...] = ()
    error: str = ""
    is_shed: bool = False  # others came first until it was too late


@dataclass(frozen=True, slots=True)
class ModelAsked:
    """A worker does not know the detector's model yet, or has not heard of it for a while."""


@dataclass(frozen=True, slots=True)
class DetectorReady:
    """The model is loaded; sent at every start and to whoever asks."""

    model: ModelInfo
    type: str  # what runs it: "onnx", "hog" …
    pid: int  # another one than before: what the old process was asked is not answered
    parallel: int = 1  # looks at once


@dataclass(frozen=True, slots=True)
class ConfigChanged:
    """What is in effect from now on; it differs only in what can change while running."""

    config: Config


@dataclass(frozen=True, slots=True)
class RestartAsked:
    """End the whole program and start it again."""
