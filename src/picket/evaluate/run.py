"""Videos through the live pipeline, without a clock or chance."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from picket.config.camera import CameraConfig
from picket.config.detect import Decode
from picket.detect.consolidate import consolidate
from picket.detect.load import Backend
from picket.domain.detection import Detection
from picket.domain.errors import MediaError
from picket.domain.frame import Frame
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
from picket.evaluate.video import LeftOut, NumberedFrame, Video
from picket.events.happenings import EventStored, Happening
from picket.pipeline.camera import FrameResult, end_all, step
from picket.pipeline.memory import CameraMemory
from picket.pipeline.quiet import is_still, pass_over, stirs
from picket.pipeline.rules import CameraRules, DetectorInUse, compile_rules


@dataclass(frozen=True, slots=True, eq=False)
class Setup:
    """What analyses videos."""

    detector_type: str
    backend: Backend
    with_baseline: bool = False
    decode: Decode | None = None  # in place of the camera's


def observe(video: Video, camera: CameraConfig, setup: Setup) -> Observation:
    """Analyse a video from its first to its last frame.

    Raises: MediaError when it cannot be read.
    """
    in_use = DetectorInUse(setup.detector_type, setup.backend.info)
    rules = compile_rules(camera, video.facts.width, video.facts.height, in_use)
    baseline = Baseline(camera, rules) if setup.with_baseline else None
    watch = _Watch(rules, InProcessDetector(setup.backend), baseline)
    started, computed = time.perf_counter(), time.process_time()
    # The baseline counts frames, so it must see each.
    decode = setup.decode or camera.detect.decode
    decodes_all = decode == "all" or setup.with_baseline
    video.show(watch, decodes_all=decodes_all)
    if not watch.frames:
        raise MediaError(f"{video.facts.path} has no picture that can be decoded: try another one")
    watch.end()
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
        self._standing: tuple[Detection, ...] = ()  # as the last frame left them
        self._shown: tuple[ObjectView, ...] = ()
        self._frame_time = 0.0
        self.frames: list[AnalysedFrame] = []
        self.ours, self.theirs = _Notes(), _Notes()

    def is_still(self, frame: Frame) -> bool:
        """See picket.evaluate.video.Watcher."""
        return is_still(self._memory, frame, self._rules)

    def take(self, numbered: NumberedFrame) -> bool:
        """Analyse one frame; whether something stirs in it."""
        frame, rules = numbered.frame, self._rules
        self._memory, result = step(self._memory, frame, self._detector, rules, self._draws)
        self._standing, self._shown = result.objects, result.notes.objects
        self._frame_time = frame.frame_time
        self.frames.append(self._seen(numbered, result))
        self.ours.add(result.notes.objects, result.happenings, numbered.time_s)
        if self._baseline is not None:
            objects, happenings = self._baseline.step(frame, result.objects)
            self.theirs.add(objects, happenings, numbered.time_s)
        return stirs(self._memory, result, rules)

    def pass_over(self, left_out: Sequence[LeftOut]) -> None:
        """For whoever looks on, everything stays as it was; the score says whether it did."""
        self._memory = pass_over(self._memory, len(left_out), self._rules)
        for each in left_out:
            still = AnalysedFrame(each.number, each.time_s, self._standing, (), 0, is_decoded=False)
            self.frames.append(still)
            self.ours.add(self._shown, (), each.time_s)

    def end(self) -> None:
        """The video is over: what goes on ends now."""
        time_s = self.frames[-1].time_s
        self.ours.note(end_all(self._memory, self._frame_time, self._rules)[1], time_s)
        if self._baseline is not None:
            self.theirs.note(self._baseline.end(self._frame_time), time_s)

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
