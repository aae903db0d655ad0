"""Videos through the live pipeline, without a clock or chance."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from picket.config.camera import CameraConfig
from picket.detect.consolidate import consolidate
from picket.detect.load import Backend
from picket.domain.detection import Detection
from picket.domain.errors import MediaError
from picket.domain.overlay import ObjectView
from picket.evaluate.baseline.camera import Baseline
from picket.evaluate.draws import SeededDraws
from picket.evaluate.in_process import InProcessDetector
from picket.evaluate.observed import (
    AnalysedFrame,
    Following,
    NotedEvent,
    Observation,
    TrackedBox,
)
from picket.evaluate.video import NumberedFrame, Video
from picket.events.happenings import EventStored, Happening
from picket.pipeline.camera import CameraMemory, FrameResult, end_all, step
from picket.pipeline.rules import CameraRules, DetectorInUse, compile_rules


@dataclass(frozen=True, slots=True, eq=False)
class Setup:
    """What analyses videos."""

    detector_type: str
    backend: Backend
    with_baseline: bool = False


def observe(video: Video, camera: CameraConfig, setup: Setup) -> Observation:
    """Analyse a video from its first to its last frame.

    Raises: MediaError when it cannot be read.
    """
    in_use = DetectorInUse(setup.detector_type, setup.backend.info)
    rules = compile_rules(camera, video.facts.width, video.facts.height, in_use)
    baseline = Baseline(camera, rules) if setup.with_baseline else None
    watch = _Watch(rules, InProcessDetector(setup.backend), baseline)
    started, computed = time.perf_counter(), time.process_time()
    last: NumberedFrame | None = None
    for last in video.frames():
        watch.take(last)
    if last is None:
        raise MediaError(f"{video.facts.path} has no picture that can be decoded: try another one")
    watch.end(last)
    return Observation(
        video.facts,
        tuple(watch.frames),
        watch.ours.following(),
        watch.theirs.following() if baseline is not None else None,
        took_s=time.perf_counter() - started,
        computed_s=time.process_time() - computed,
    )


class _Notes:
    """What one tracker makes of a video."""

    def __init__(self) -> None:
        self._tracks: list[tuple[TrackedBox, ...]] = []
        self._events: dict[str, NotedEvent] = {}

    def add(
        self, objects: Iterable[ObjectView], happenings: Iterable[Happening], time_s: float
    ) -> None:
        """One more frame."""
        placed = ((each, each.place) for each in objects)
        self._tracks.append(
            tuple(TrackedBox(each.id, each.label, box) for each, box in placed if box is not None)
        )
        self.note(happenings, time_s)

    def note(self, happenings: Iterable[Happening], time_s: float) -> None:
        """Keep the events that were stored for the first time."""
        for happening in happenings:
            if isinstance(happening, EventStored):
                event = happening.event
                noted = NotedEvent(event.id, event.label, time_s)
                self._events.setdefault(event.id, noted)

    def following(self) -> Following:
        """All of it."""
        return Following(tuple(self._tracks), tuple(self._events.values()))


class _Watch:
    """One video under way, by our tracker and by the baseline's."""

    def __init__(
        self, rules: CameraRules, detector: InProcessDetector, baseline: Baseline | None
    ) -> None:
        self._rules = rules
        self._detector = detector
        self._draws = SeededDraws()
        self._memory = CameraMemory()
        self._baseline = baseline
        self.frames: list[AnalysedFrame] = []
        self.ours, self.theirs = _Notes(), _Notes()

    def take(self, numbered: NumberedFrame) -> None:
        """Analyse one frame."""
        frame, rules = numbered.frame, self._rules
        self._memory, result = step(self._memory, frame, self._detector, rules, self._draws)
        self.frames.append(self._seen(numbered, result))
        self.ours.add(result.notes.objects, result.happenings, numbered.time_s)
        if self._baseline is not None:
            objects, happenings = self._baseline.step(frame, result.objects)
            self.theirs.add(objects, happenings, numbered.time_s)

    def end(self, last: NumberedFrame) -> None:
        """The video is over: what goes on ends now."""
        frame_time, time_s = last.frame.frame_time, last.time_s
        self.ours.note(end_all(self._memory, frame_time, self._rules)[1], time_s)
        if self._baseline is not None:
            self.theirs.note(self._baseline.end(frame_time), time_s)

    def _seen(self, numbered: NumberedFrame, result: FrameResult) -> AnalysedFrame:
        believed = result.objects
        return AnalysedFrame(
            number=numbered.number,
            time_s=numbered.time_s,
            believed=believed,
            doubted=self._doubted(believed),
            looks=result.regions_examined,
        )

    def _doubted(self, believed: Sequence[Detection]) -> tuple[Detection, ...]:
        """Reports of tracked labels that scored too low, or that masks and limits forbid."""
        found = [d for d in self._detector.take_found() if d.label in self._rules.events.filters]
        without_doubles = consolidate((*believed, *found), self._rules.width, self._rules.height)
        known = {(detection.label, detection.box) for detection in believed}
        return tuple(d for d in without_doubles if (d.label, d.box) not in known)
