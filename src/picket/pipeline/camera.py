"""One camera, one frame at a time; read this first.

Motion, then regions, detection, tracking and events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from picket.detect.consolidate import consolidate, find_doubtful
from picket.domain.detection import Detection
from picket.domain.frame import Frame
from picket.domain.gaze import View
from picket.domain.geometry import Box
from picket.domain.look import Answer, Ask, Urgency
from picket.domain.overlay import FrameNotes
from picket.domain.track import Track
from picket.events import lifecycle
from picket.events.advance import Sighting
from picket.events.attributes import split_attributes
from picket.events.counts import all_views, count_active, untold
from picket.events.filters import filter_detections
from picket.events.happenings import Happening
from picket.media.appearance import describe
from picket.motion.motion import Motion, MotionState, find_motion
from picket.pipeline.away import find_strangers, look_away
from picket.pipeline.look import Look, Plan, note_found, plan_look, settle_look
from picket.pipeline.memory import CameraMemory, turn_along
from picket.pipeline.place import Sight
from picket.pipeline.residents import (
    Recognition,
    ResidentState,
    boxes_to_see,
    end_tracks,
    forget_track,
    recognise,
    settle,
)
from picket.pipeline.rules import CameraRules, away_rules
from picket.pipeline.turns import Occasion
from picket.track.colours import colours_of
from picket.track.followed import Draws, register
from picket.track.tracker import (
    Hints,
    Tracking,
    TrackState,
    drop_track,
    exchange_track,
    living_tracks,
    pass_time,
    step_tracks,
)

DOUBTFUL_SHARE = 0.5
"""Of `min_score`: what scores less says nothing, even where an object is expected."""


class Detector(Protocol):
    """Whoever finds objects in regions of a frame."""

    def detect(self, frame: Frame, asks: Sequence[Ask]) -> Answer | None:
        """Look at these squares, the most urgent first; None when nobody answered."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a frame shows, filtered and without doubles."""

    objects: tuple[Detection, ...] = ()  # to be tracked
    attributes: tuple[Detection, ...] = ()  # to be found on objects
    doubtful: tuple[Detection, ...] = ()  # may go on with an object, and never begin one


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One frame before tracking."""

    frame: Frame
    motion: Motion
    look: Look
    seen: Seen


@dataclass(frozen=True, slots=True, eq=False)
class FrameResult:
    """What one frame brought."""

    happenings: tuple[Happening, ...]  # to be passed on in this order
    notes: FrameNotes
    objects: tuple[Detection, ...]  # taken to be in the frame, found or resting: what was tracked
    motion_px: int  # square pixels of the motion boxes
    active_objects: int  # believed and moving
    regions_examined: int
    made: tuple[Urgency, ...]  # of each look at a region
    shed: tuple[Urgency, ...]  # of each that the detector had no time for
    is_blind: bool  # there was something to look at, and no detector answered


def step(
    memory: CameraMemory, frame: Frame, detector: Detector, rules: CameraRules, draws: Draws
) -> tuple[CameraMemory, FrameResult]:
    """Analyse one frame.

    When no detector answers, time stands still for tracks and events: an object is not gone
    because nobody looked.

    Raises: ValueError when the frame has another size than the rules were compiled for.
    """
    if (frame.width, frame.height) != (rules.width, rules.height):
        raise ValueError(
            f"the rules are for frames of {rules.width}x{rules.height}, got"
            f" {frame.width}x{frame.height}: compile them again"
        )
    memory = replace(turn_along(memory, frame, rules), frame_count=memory.frame_count + 1)
    motion_state, motion = _watch(memory, frame, rules)
    memory = replace(memory, motion=motion_state)
    if is_deserted(memory, rules) and not motion.boxes:
        return let_pass(memory, frame.frame_time, motion, rules)
    plan = _plan(memory, motion, rules, frame.frame_time)
    answer = detector.detect(frame, plan.asks) if plan.asks else Answer()
    if answer is None:
        blind = _result(memory, frame.frame_time, motion, Look(), rules)
        return memory, replace(blind, is_blind=True)
    looks, look = settle_look(memory.looks, plan, answer.looked)
    found = answer.found
    believed = filter_detections(found, rules.events.filters, rules.width, rules.height)
    looks = note_found(looks, look, believed, memory.frame_count)
    seen = _sift(look, found, believed, rules)
    memory = replace(memory, looks=looks)
    memory, happenings = _follow(memory, Scene(frame, motion, look, seen), rules, draws)
    result = _result(memory, frame.frame_time, motion, look, rules)
    made = tuple(ask.urgency for ask in plan.asks if ask.region in answer.looked)
    shed = tuple(ask.urgency for ask in plan.asks if ask.region not in answer.looked)
    after = replace(result, happenings=happenings, objects=seen.objects, made=made, shed=shed)
    return memory, after


def is_deserted(memory: CameraMemory, rules: CameraRules) -> bool:
    """Whether, as long as nothing moves, there is nothing to look for, to follow or to end.

    Of a camera that may turn nobody knows: how its picture turns is measured in every frame.
    """
    looks = memory.looks
    return (
        rules.switches.detect
        and not rules.may_turn
        and looks.scan == ()
        and not (looks.last_looks or looks.spots.waiting)
        and not memory.tracks.followed
        and not memory.events.objects
        and not memory.residents.places
    )


def let_pass(
    memory: CameraMemory, frame_time: float, motion: Motion, rules: CameraRules
) -> tuple[CameraMemory, FrameResult]:
    """A frame without motion of a deserted scene, as the steps that are left out would leave it."""
    after = replace(
        memory,
        looks=note_found(memory.looks, Look(), (), memory.frame_count),
        tracks=pass_time(memory.tracks, frame_time),
        residents=ResidentState(time=frame_time),
    )
    return after, _result(after, frame_time, motion, Look(), rules)


def end_all(
    memory: CameraMemory, now: float, rules: CameraRules
) -> tuple[CameraMemory, tuple[Happening, ...]]:
    """End all running events, for a clean stop; `now` is Unix seconds.

    Of the scene only what stands about in it is remembered.
    """
    _, happenings = lifecycle.end_all(memory.events, now, rules.events)
    return CameraMemory(residents=end_tracks(memory.residents)), happenings


def delete_event(memory: CameraMemory, event_id: str) -> tuple[CameraMemory, tuple[Happening, ...]]:
    """Keep nothing more of a running object; an unknown id changes nothing."""
    events, happenings = lifecycle.delete_event(memory.events, event_id)
    return replace(memory, events=events), happenings


def end_event(
    memory: CameraMemory, event_id: str, now: float, rules: CameraRules
) -> tuple[CameraMemory, tuple[Happening, ...]]:
    """End a running event; what it followed is met anew, under another id, if it is still there.

    `now` is Unix seconds; an unknown id changes nothing.
    """
    events, happenings = lifecycle.end_event(memory.events, event_id, now, rules.events)
    after = replace(
        memory,
        tracks=drop_track(memory.tracks, event_id),
        events=events,
        residents=forget_track(memory.residents, event_id),
    )
    return after, happenings


def _watch(memory: CameraMemory, frame: Frame, rules: CameraRules) -> tuple[MotionState, Motion]:
    """Motion of the frame; switched off, it forgets, so that it does not wake with a start.

    While the camera turns everything moves: it begins anew in the picture that stands.
    """
    if not rules.switches.motion:
        return MotionState(), Motion()
    if memory.gaze.view is View.TURNING:
        return MotionState(), Motion(is_calibrating=True)
    return find_motion(memory.motion, frame.luma, rules.motion)


def _plan(memory: CameraMemory, motion: Motion, rules: CameraRules, now: float) -> Plan:
    """Where to look; whoever does not look forgets the scene."""
    if not rules.switches.detect:
        return Plan()
    objects = memory.events.objects
    is_recheck = (memory.frame_count + rules.turns.phase) % rules.turns.interval == 0
    occasion = Occasion(
        number=memory.frame_count,
        motion=() if motion.is_calibrating else motion.boxes,
        is_watched=rules.switches.motion and not motion.is_calibrating,
        doubted=frozenset(name for name, one in objects.items() if one.is_false_positive),
        absent=_absent(memory, now, is_recheck=is_recheck),
    )
    return plan_look(memory.looks, memory.tracks, occasion, rules)


def _absent(memory: CameraMemory, now: float, *, is_recheck: bool) -> tuple[Box, ...]:
    if memory.gaze.view is not View.HOME:
        return ()
    return boxes_to_see(memory.residents, now, is_recheck=is_recheck)


def _follow(
    memory: CameraMemory, scene: Scene, rules: CameraRules, draws: Draws
) -> tuple[CameraMemory, tuple[Happening, ...]]:
    """Tracks, residents and events one frame on."""
    frame = scene.frame
    hints = Hints(
        scene.seen.doubtful,
        lambda box: colours_of(frame, box),
        lambda box: describe(frame, box),
        overlooked=scene.look.overlooked,
    )
    tracks, tracking = step_tracks(
        memory.tracks, scene.seen.objects, frame.frame_time, rules.track, draws, hints
    )
    after = replace(memory, tracks=tracks)
    if memory.gaze.view is View.HOME:
        return _take_in(after, scene, tracking, rules, draws)
    return _take_in_elsewhere(after, scene, tracking, away_rules(rules))


def _take_in(
    memory: CameraMemory, scene: Scene, tracking: Tracking, rules: CameraRules, draws: Draws
) -> tuple[CameraMemory, tuple[Happening, ...]]:
    """Residents and events by the tracks of a frame."""
    settled = rules.track.stationary_threshold
    sight = _sight(scene, tracking, rules, draws)
    fresh = untold(memory.events, sight.tracks)
    residents, found = recognise(memory.residents, sight, fresh, settled)
    tracks = _exchange(memory.tracks, found)
    present = (*living_tracks(tracks), *found.missed)
    stirring = _stirring(memory, scene, rules)
    sighting = _sighting(scene, tracking, present, found, stirring)
    events, happenings = lifecycle.step_events(memory.events, sighting, rules.events)
    residents = settle(residents, events, sight, settled)
    after = replace(memory, tracks=tracks, events=events, residents=residents)
    return after, happenings


def _take_in_elsewhere(
    memory: CameraMemory, scene: Scene, tracking: Tracking, rules: CameraRules
) -> tuple[CameraMemory, tuple[Happening, ...]]:
    """The same while the camera looks elsewhere: what stands there is no news."""
    living = {track.id: track for track in tracking.tracks}
    strangers = find_strangers(memory.strangers, tracking.first_scores, tracking.tracks)
    found = look_away(memory.residents, living)
    present = (*(t for key, t in living.items() if key not in strangers), *found.missed)
    is_turning = memory.gaze.view is View.TURNING
    stirring = None if is_turning else _stirring(memory, scene, rules)
    sighting = _sighting(scene, tracking, present, found, stirring)
    events, happenings = lifecycle.step_events(memory.events, sighting, rules.events)
    return replace(memory, events=events, strangers=strangers), happenings


def _sighting(
    scene: Scene,
    tracking: Tracking,
    present: tuple[Track, ...],
    found: Recognition,
    stirring: tuple[Box, ...] | None,
) -> Sighting:
    ids = {track.id for track in present}
    over = {track.id: track for track in (*tracking.tracks, *tracking.lost, *found.lost)}
    return Sighting(
        scene.frame,
        present,
        tuple(track for key, track in over.items() if key not in ids),
        tracking.first_scores,
        scene.seen.attributes,
        found.known,
        stirring,
    )


def _sight(scene: Scene, tracking: Tracking, rules: CameraRules, draws: Draws) -> Sight:
    is_steady = not scene.motion.is_calibrating
    moving = scene.motion.boxes if is_steady else ()
    if not rules.switches.motion:  # anything may move
        moving = (Box(0, 0, rules.width, rules.height),)
    return Sight(
        scene.frame,
        moving,
        is_steady,
        regions=scene.look.regions,
        is_looking=rules.switches.detect,
        begin=lambda detection: register(detection, scene.frame.frame_time, draws),
        tracks={track.id: track for track in tracking.tracks},
        lost={track.id: track for track in tracking.lost},
    )


def _stirring(memory: CameraMemory, scene: Scene, rules: CameraRules) -> tuple[Box, ...] | None:
    """Where something moves; None while nobody knows: at the start nothing was seen to come."""
    is_new = memory.frame_count <= rules.track.max_disappeared
    if is_new or not rules.switches.motion:
        return None
    return () if scene.motion.is_calibrating else scene.motion.boxes


def _exchange(tracks: TrackState, found: Recognition) -> TrackState:
    """The tracks under the identities that the residents give them."""
    for old_id, fresh in found.renewed.items():
        tracks = exchange_track(tracks, old_id, fresh)
    for fresh_id, place in found.resumed.items():
        if place.track is not None:
            tracks = exchange_track(tracks, fresh_id, place.track, place.resident.box)
    return tracks


def _sift(
    look: Look, found: Sequence[Detection], believed: Sequence[Detection], rules: CameraRules
) -> Seen:
    """What the frame shows, out of what the detector says and what needed no look."""
    merged = consolidate((*believed, *look.assumed), rules.width, rules.height)
    objects, attributes = split_attributes(merged)
    weak = filter_detections(
        found, rules.events.filters, rules.width, rules.height, score_share=DOUBTFUL_SHARE
    )
    return Seen(objects, attributes, find_doubtful(split_attributes(weak)[0], objects))


def _result(
    memory: CameraMemory, frame_time: float, motion: Motion, look: Look, rules: CameraRules
) -> FrameResult:
    """The frame as its viewers see it; nothing happened yet."""
    notes = FrameNotes(
        frame_time=frame_time,
        motion=motion.boxes,
        regions=look.regions,
        objects=all_views(memory.events, rules.events),
    )
    return FrameResult(
        happenings=(),
        notes=notes,
        objects=(),
        motion_px=motion.area_px,
        active_objects=count_active(memory.events),
        regions_examined=len(look.regions),
        made=(),
        shed=(),
        is_blind=False,
    )
