"""One camera inside its worker: what is read and recorded already is analysed and told of."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from picket.audio.listen import Classifier
from picket.audio.window import SILENCE
from picket.capture.source import real_clocks
from picket.config.audio import AudioConfig
from picket.config.camera import CameraConfig
from picket.config.live_streams import LiveStream
from picket.config.root import Config
from picket.domain.look import Urgency
from picket.domain.overlay import SnapshotOptions
from picket.domain.segment import Segment
from picket.domain.status import CameraCounts, CameraState, CameraStatus, LookCount
from picket.events.best_pictures import LabelPicture
from picket.events.happenings import EventStored, SnapshotDue
from picket.ipc.changes import DeleteEvent
from picket.ipc.channel import Channel
from picket.ipc.frame_ring import FrameRing
from picket.ipc.messages import (
    EventChanged,
    ObjectChanged,
    PictureTaken,
    Record,
    ResidentsAnswer,
    SceneChanged,
    TargetsSeen,
)
from picket.runtime.detecting.client import DetectorPool
from picket.runtime.settings import Settings
from picket.runtime.wiring import Ring
from picket.runtime.worker.analysis import Analysis, Change, Question
from picket.runtime.worker.analysis_tools import AnalysisTools, Told
from picket.runtime.worker.event_files import EventPictures
from picket.runtime.worker.event_times import EventTimes
from picket.runtime.worker.intake import Intake, random_draws
from picket.runtime.worker.listening import Listening, ListeningTools
from picket.runtime.worker.overload import Load, Overload, why_overloaded
from picket.runtime.worker.resident_file import ResidentFile
from picket.runtime.worker.sight import Sight
from picket.runtime.worker.sound_events import SoundEvents


@dataclass(frozen=True, slots=True)
class CameraLinks:
    """What a camera shares with the others of its worker."""

    put: Callable[[Record], None]  # to the keeper
    server: Channel
    detectors: DetectorPool


class Camera:
    """One camera that is read and recorded already, with its analysis."""

    def __init__(self, settings: Settings, intake: Intake, ring: Ring, links: CameraLinks) -> None:
        self._config: CameraConfig = settings.config.cameras[intake.name]
        self._intake = intake
        self._links = links
        self._pictures = EventPictures(settings.config, intake.name, settings.media.clips)
        self._wall, self._monotonic = real_clocks()
        self._sight = Sight(intake.name)
        self._overload = Overload(intake.name)
        self._times = EventTimes()
        frames = FrameRing(ring.block, ring.size)
        tools = AnalysisTools(
            frames,
            links.detectors,
            self._tell,
            self._monotonic,
            self._wall,
            random_draws,
            ResidentFile(settings.media.residents / f"{intake.name}.json", self._monotonic),
        )
        self._analysis = Analysis(
            self._config, intake.detect_queue, tools, has_broker=settings.config.mqtt.enabled
        )
        self._listening = self._listen(
            SoundEvents(links.put, links.server.send, frames, settings.media.clips, self._wall)
        )
        intake.on_closed = self._segment_closed
        bodies = {"analyse": self._analysis.run}
        if self._listening is not None:
            bodies["listen"] = self._listening.run
        self._threads = [
            threading.Thread(target=body, name=f"{what}:{intake.name}", daemon=True)
            for what, body in bodies.items()
        ]

    def start(self) -> None:
        """Start to analyse and to listen."""
        for thread in self._threads:
            thread.start()

    def tick(self) -> None:
        """Once a second: tell the server how it goes, end what hangs."""
        self._intake.end_stalled()
        self._sight.update(self._why_blind(), self._wall())
        self._overload.update(why_overloaded(self._load()), self._wall())
        self._links.server.send(self.status())

    def join(self, timeout_s: float) -> None:
        """Wait for the recording and the analysis to end, once the intake was asked to."""
        deadline = self._monotonic() + timeout_s
        self._intake.join(timeout_s)
        for thread in self._threads:
            thread.join(max(deadline - self._monotonic(), 0.0))

    def snapshot(self, event_id: str, options: SnapshotOptions) -> bytes | None:
        """JPEG of a running event, or None when it is not running."""
        found = self._analysis.shot_of(event_id)
        return self._pictures.snapshot(*found, options) if found else None

    def show_live(self, stream: LiveStream, *, is_new: bool) -> None:
        """Somebody watches a stream of it."""
        self._intake.show_live(stream, is_new=is_new)

    def wish(self, wish: Change | Question) -> None:
        """Something changed that may be about this camera."""
        self._analysis.wish(wish)
        if self._listening is not None and isinstance(wish, DeleteEvent):
            self._listening.wish(wish)

    def adopt(self, config: Config) -> None:
        """Go on by a changed configuration; any thread may call it."""
        self._config = config.cameras[self._intake.name]
        self._pictures.adopt(config)
        self._analysis.adopt(self._config)
        if self._listening is not None:
            self._listening.adopt(self._config)
        self._intake.switch(is_on=self._config.record.enabled)

    def status(self) -> CameraStatus:
        """How the camera is doing."""
        detect, ears = self._intake.detect_status, self._listening
        now, rates = self._monotonic(), self._analysis.rates
        online = detect.state is CameraState.ONLINE
        loudness = ears.loudness if ears else SILENCE
        return CameraStatus(
            camera=self._intake.name,
            state=detect.state,
            since=detect.since,
            detail=detect.detail,
            pid=os.getpid(),
            capture_pid=detect.child_pid or os.getpid(),
            ffmpeg_pid=detect.child_pid,
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
            overloaded_since=self._overload.since,
            overload_reason=self._overload.reason,
            shed_fps=rates.shed.per_second(now),
            looks={
                kind: LookCount(rates.made_by_urgency[kind], rates.shed_by_urgency[kind])
                for kind in Urgency
            },
            reconnects=self._intake.reconnects.total(),
            dropped_packets=self._intake.dropped_packets,
            counts=self._counts(),
            audio_rms=loudness.rms,
            audio_dbfs=loudness.dbfs,
            audio_lost_windows=ears.lost_windows if ears else 0,
            audio_problem=ears.problem if ears else "",
        )

    def _counts(self) -> CameraCounts:
        rates, files = self._analysis.rates, self._intake.files
        return CameraCounts(
            received=rates.received.total,
            analysed=rates.analysed.total,
            skipped=rates.skipped.total,
            regions=rates.regions.total,
            reconnects=dict(self._intake.reconnects),
            written_bytes=files.written_bytes,
            writes=files.writes,
            syncs=files.syncs,
            believed=self._times.believed,
            analysed_in=self._times.analysed,
        )

    def _load(self) -> Load:
        now, rates = self._monotonic(), self._analysis.rates
        return Load(
            due_fps=rates.received.per_second(now),
            skipped_fps=rates.skipped.per_second(now),
            look_fps=rates.regions.per_second(now),
            shed_fps=rates.shed.per_second(now),
        )

    def _listen(self, events: SoundEvents) -> Listening | None:
        """What listens, where the file asks for it."""
        if not self._config.audio.enabled_in_config:
            return None
        tools = ListeningTools(
            tell=self._links.server.send,
            report=self._links.put,
            happen=events.take,
            open_model=_open_model,
            wall=self._wall,
            monotonic=self._monotonic,
            draws=random_draws,
        )
        return Listening(self._config, self._intake.sound_queue, tools)

    def _segment_closed(self, segment: Segment) -> None:
        self._analysis.segment_closed(segment)
        if self._listening is not None:
            self._listening.segment_closed(segment)

    def _why_blind(self) -> str:
        """Why nobody looks at its pictures; empty when somebody does, or is not to."""
        if not self._config.detect.enabled:
            return ""
        late = "no detector answered in time" if self._analysis.is_blind else ""
        return self._links.detectors.problem or late

    def _tell(self, happening: Told) -> None:
        match happening:
            case EventStored(event, shot, has_new_shot, path):
                thumbnail = self._pictures.thumbnail(shot) if shot and has_new_shot else b""
                changed = replace(event, thumbnail=thumbnail)
                self._links.put(EventChanged(changed, path, told_time=self._wall()))
            case SnapshotDue(event, shot):
                self._pictures.store(event, shot)
            case LabelPicture(label, shot):
                jpeg = self._pictures.published(label, shot)
                self._links.server.send(PictureTaken(self._intake.name, label, jpeg))
            case ObjectChanged():
                now = self._wall()
                self._times.note(happening, now)
                self._links.server.send(replace(happening, told_time=now))
            case SceneChanged() | ResidentsAnswer() | TargetsSeen():
                self._links.server.send(happening)
            case _:
                self._links.put(happening)


def _open_model(audio: AudioConfig) -> Classifier:
    """LiteRT is loaded by workers that listen alone."""
    from picket.audio.model import open_model

    return open_model(audio)
