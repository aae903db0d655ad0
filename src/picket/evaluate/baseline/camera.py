"""The baseline's tracker with our events on top, so that only the association differs."""

from __future__ import annotations

from collections.abc import Sequence

from picket.config.camera import CameraConfig
from picket.domain.detection import Detection
from picket.domain.frame import Frame
from picket.domain.overlay import ObjectView
from picket.evaluate.baseline.rules import compile_tracking
from picket.evaluate.baseline.tracker import TrackState, step_tracks
from picket.evaluate.draws import SeededDraws
from picket.events import lifecycle
from picket.events.advance import Sighting
from picket.events.counts import all_views
from picket.events.happenings import Happening
from picket.events.memory import EventState
from picket.pipeline.rules import CameraRules

Views = tuple[ObjectView, ...]


class Baseline:
    """One camera as Frigate 0.13 would follow it, given the same detections."""

    def __init__(self, config: CameraConfig, rules: CameraRules) -> None:
        self._rules = compile_tracking(config.detect)
        self._event_rules = rules.events
        self._tracks = TrackState()
        self._events = EventState()
        self._draws = SeededDraws()

    def step(
        self, frame: Frame, detections: Sequence[Detection]
    ) -> tuple[Views, tuple[Happening, ...]]:
        """One more frame: every track as it is now, and what became known."""
        self._tracks, tracking = step_tracks(
            self._tracks, detections, frame.frame_time, self._rules, self._draws
        )
        sighting = Sighting(frame, tracking.tracks, tracking.lost, tracking.first_scores)
        self._events, happenings = lifecycle.step_events(self._events, sighting, self._event_rules)
        return all_views(self._events, self._event_rules), happenings

    def end(self, now: float) -> tuple[Happening, ...]:
        """The video is over; `now` is Unix seconds."""
        return lifecycle.end_all(self._events, now, self._event_rules)[1]
