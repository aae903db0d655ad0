"""One camera inside its worker: a reader per input, a recording thread, an analysis thread."""

from __future__ import annotations

import os
import random
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from picket.capture.queue import PacketQueue
from picket.capture.reader import InputReader, ReaderTools
from picket.capture.source import SourceSpec, quick_options, real_clocks
from picket.config.camera import CameraConfig
from picket.config.ffmpeg import CameraInput
from picket.config.ffmpeg_args import plan_input
from picket.config.masking import mask_credentials
from picket.config.root import Config
from picket.domain.ids import ALPHABET, SUFFIX_LENGTH
from picket.domain.overlay import SnapshotOptions
from picket.domain.segment import Segment
from picket.domain.status import CameraState, CameraStatus
from picket.events.happenings import EventStored, Happening, SnapshotDue
from picket.ipc.channel import Channel
from picket.ipc.frame_ring import FrameRing
from picket.ipc.messages import (
    EventChanged,
    ObjectChanged,
    Record,
    SceneChanged,
    SegmentAnalysed,
)
from picket.media.codec.sample_entry import STORED_AUDIO
from picket.record.latest import recorded_until
from picket.record.recorder import Recorder, RecorderSpec
from picket.runtime.analysis import Analysis, AnalysisTools, Wish
from picket.runtime.detector_client import DetectorPool
from picket.runtime.event_files import EventPictures
from picket.runtime.recording import Recording, RecordingTools
from picket.runtime.settings import Settings
from picket.runtime.sight import Sight
from picket.runtime.wiring import Ring

RECORD_QUEUE_BYTES = 96 * 1024 * 1024  # half a minute of a 4K stream while a disk hangs
DETECT_QUEUE_BYTES = 24 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CameraLinks:
    """What a camera shares with the others of its worker."""

    put: Callable[[Record], None]  # to the keeper
    server: Channel
    detectors: DetectorPool


def random_draws() -> Sequence[int]:
    """The random part of an id."""
    return [secrets.randbelow(len(ALPHABET)) for _ in range(SUFFIX_LENGTH)]


class Camera:
    """Starts, watches and stops the threads of one camera."""

    def __init__(self, settings: Settings, name: str, ring: Ring, links: CameraLinks) -> None:
        self._config: CameraConfig = settings.config.cameras[name]
        self._name = name
        self._links = links
        self._pictures = EventPictures(settings.config, name, settings.media.clips)
        self._stop = threading.Event()
        wall, monotonic = real_clocks()
        self._monotonic, self._wall = monotonic, wall
        self._sight = Sight(name)
        self._detect_queue = PacketQueue(DETECT_QUEUE_BYTES)
        self._record_queue = PacketQueue(RECORD_QUEUE_BYTES)
        analysis_tools = AnalysisTools(
            FrameRing(ring.block, ring.size),
            links.detectors,
            self._tell,
            monotonic,
            wall,
            random_draws,
        )
        self._analysis = Analysis(self._config, self._detect_queue, analysis_tools)
        self._recording = Recording(
            name,
            self._record_queue,
            Recorder(RecorderSpec(settings.media.recordings, name), random_draws),
            RecordingTools(links.put, self._segment_closed, wall, random_draws),
        )
        self._recording.is_on = self._config.record.enabled
        tools = ReaderTools(
            wall,
            monotonic,
            random.random,
            lambda: secrets.token_hex(6),
            partial(recorded_until, settings.media.recordings, name),
        )
        self._readers = {
            source: InputReader(
                name, self._spec(source), self._queues(source), tools, mask_credentials
            )
            for source in self._config.ffmpeg.inputs
            if self._queues(source)
        }
        self._threads = self._make_threads()

    def start(self) -> None:
        """Start every thread."""
        for thread in self._threads:
            thread.start()

    def tick(self) -> None:
        """Once a second: tell the server how it goes, end what hangs."""
        for reader in self._readers.values():
            reader.kill_if_stalled()
        self._sight.update(self._why_blind(), self._wall())
        self._links.server.send(self.status())

    def ask_to_stop(self) -> None:
        """Stop reading; what was read is still recorded and analysed."""
        self._stop.set()
        self._record_queue.close()
        self._detect_queue.close()

    def join(self, timeout_s: float) -> None:
        """Wait for the recording and the analysis to end; readers may hang in a silent socket."""
        deadline = self._monotonic() + timeout_s
        for thread in self._threads:
            if not thread.name.startswith("read"):
                thread.join(max(deadline - self._monotonic(), 0.0))

    def snapshot(self, event_id: str, options: SnapshotOptions) -> bytes | None:
        """JPEG of a running event, or None when it is not running."""
        found = self._analysis.shot_of(event_id)
        return self._pictures.snapshot(*found, options) if found else None

    def wish(self, wish: Wish) -> None:
        """Something changed that may be about this camera."""
        self._analysis.wish(wish)

    def adopt(self, config: Config) -> None:
        """Go on by a changed configuration; any thread may call it."""
        self._config = config.cameras[self._name]
        self._pictures.adopt(config)
        self._analysis.adopt(self._config)
        self._recording.is_on = self._config.record.enabled

    def status(self) -> CameraStatus:
        """How the camera is doing."""
        detect = next(
            (r for s, r in self._readers.items() if "detect" in s.roles),
            next(iter(self._readers.values())),
        )
        now, rates = self._monotonic(), self._analysis.rates
        online = detect.status.state is CameraState.ONLINE
        return CameraStatus(
            camera=self._name,
            state=detect.status.state,
            since=detect.status.since,
            detail=detect.status.detail,
            pid=os.getpid(),
            capture_pid=detect.status.child_pid or os.getpid(),
            ffmpeg_pid=detect.status.child_pid,
            width=self._analysis.size[0],
            height=self._analysis.size[1],
            camera_fps=rates.received.per_second(now) if online else 0.0,
            process_fps=rates.analysed.per_second(now),
            skipped_fps=rates.skipped.per_second(now),
            detection_fps=rates.regions.per_second(now),
            detect_enabled=self._config.detect.enabled,
            motion_enabled=self._config.motion.enabled,
            blind_since=self._sight.blind_since,
            blind_reason=self._sight.reason,
            reconnects=sum(r.status.reconnects for r in self._readers.values()),
            dropped_packets=self._record_queue.dropped + self._detect_queue.dropped,
        )

    def _why_blind(self) -> str:
        """Why nobody looks at its pictures; empty when somebody does, or is not to."""
        if not self._config.detect.enabled:
            return ""
        late = "no detector answered in time" if self._analysis.is_blind else ""
        return self._links.detectors.problem or late

    def _make_threads(self) -> list[threading.Thread]:
        bodies = {
            f"record:{self._name}": self._recording.run,
            f"analyse:{self._name}": self._analysis.run,
        }
        threads = [
            threading.Thread(target=body, name=name, daemon=True) for name, body in bodies.items()
        ]
        threads += [
            threading.Thread(
                target=reader.run, args=(self._stop,), name=f"read:{self._name}", daemon=True
            )
            for reader in self._readers.values()
        ]
        return threads

    def _spec(self, source: CameraInput) -> SourceSpec:
        plan = plan_input(self._config.ffmpeg, source, self._config.detect.fps)
        return SourceSpec(
            url=plan.url,
            options=plan.options,
            quick_options=quick_options(plan.url, plan.options),
            format=plan.format,
            child_argv=plan.child_argv,
            is_file=plan.is_file,
            wants_audio="record" in source.roles and self._config.record.audio != "off",
            kept_audio=STORED_AUDIO if self._config.record.audio == "auto" else None,
        )

    def _queues(self, source: CameraInput) -> list[PacketQueue]:
        queues = []
        if "record" in source.roles and self._config.record.enabled_in_config:
            queues.append(self._record_queue)
        if "detect" in source.roles:
            queues.append(self._detect_queue)
        return queues

    def _segment_closed(self, segment: Segment) -> None:
        self._analysis.segment_closed(segment)

    def _tell(self, happening: Happening | SegmentAnalysed | SceneChanged) -> None:
        match happening:
            case EventStored(event, shot, has_new_shot):
                thumbnail = self._pictures.thumbnail(shot) if shot and has_new_shot else b""
                self._links.put(EventChanged(replace(event, thumbnail=thumbnail)))
            case SnapshotDue(event, shot):
                self._pictures.store(event, shot)
            case ObjectChanged() | SceneChanged():
                self._links.server.send(happening)
            case _:
                self._links.put(happening)
