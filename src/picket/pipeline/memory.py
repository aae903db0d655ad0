"""All that is remembered of a camera between frames, and what changes it besides frames."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from picket.domain.frame import Frame
from picket.domain.resident import Resident
from picket.events import lifecycle
from picket.events.memory import EventState
from picket.motion.motion import MotionState
from picket.pipeline.away import come_home
from picket.pipeline.gaze import Gaze, hear_gaze, step_gaze
from picket.pipeline.look import LookMemory
from picket.pipeline.residents import ResidentState, forget, remember
from picket.pipeline.rules import CameraRules
from picket.pipeline.spots import SpotMemory
from picket.track.shifting import shift_tracks
from picket.track.tracker import TrackState, living_tracks


@dataclass(frozen=True, slots=True, eq=False)
class CameraMemory:
    """The empty value is the start."""

    motion: MotionState = field(default_factory=MotionState)
    tracks: TrackState = field(default_factory=TrackState)
    events: EventState = field(default_factory=EventState)
    residents: ResidentState = field(default_factory=ResidentState)
    looks: LookMemory = field(default_factory=LookMemory)
    gaze: Gaze = field(default_factory=Gaze)
    strangers: frozenset[str] = frozenset()
    """Ids of tracks that were met away from home and stand there: nobody is told of them."""
    frame_count: int = 0  # analysed so far


def start_memory(known: Iterable[Resident]) -> CameraMemory:
    """The start of a process that knows what stood about before it."""
    return CameraMemory(residents=remember(known))


def forget_residents(memory: CameraMemory, resident_id: str | None) -> CameraMemory:
    """Let a resident, or all of them when None, be news again; an unknown id changes nothing."""
    return replace(memory, residents=forget(memory.residents, resident_id))


def turn_away(memory: CameraMemory, *, is_home: bool) -> CameraMemory:
    """Whoever moves the camera says whether it rests where it was set up to look."""
    return replace(memory, gaze=hear_gaze(memory.gaze, is_home=is_home))


def set_sub_label(
    memory: CameraMemory, event_id: str, label: str | None, score: float | None = None
) -> CameraMemory:
    """Name a running object, or take its name away; an unknown id changes nothing."""
    events = lifecycle.set_sub_label(memory.events, event_id, label, score)
    return replace(memory, events=events)


def turn_along(memory: CameraMemory, frame: Frame, rules: CameraRules) -> CameraMemory:
    """What is remembered, as it lies in the picture of a camera that may have turned."""
    if not rules.may_turn:
        return memory
    gaze, turn = step_gaze(memory.gaze, frame)
    memory = replace(memory, gaze=gaze)
    if turn.shift is not None:
        tracks = shift_tracks(memory.tracks, turn.shift, rules.width, rules.height)
        looks = replace(memory.looks, spots=SpotMemory())
        return replace(memory, tracks=tracks, looks=looks)
    if turn.has_come_home:
        living = {track.id for track in living_tracks(memory.tracks)}
        places = come_home(memory.residents, living, frame.frame_time)
        return replace(memory, residents=places, strangers=frozenset())
    return memory
