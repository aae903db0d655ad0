"""Follows detections from frame to frame and gives an identity to what persists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.domain.ids import timed_id
from picket.domain.track import Track
from picket.track.kalman import Estimates, begin, correct, predict, to_array
from picket.track.matching import match
from picket.track.position import Position, locate
from picket.track.rules import TrackRules

Draws = Callable[[], Sequence[int]]
"""Six random numbers 0..35 for a new id, whenever called."""

HITS_FOR_MATCH = 2
STORED_DETECTIONS = 4


@dataclass(frozen=True, slots=True)
class Followed:
    """One thing that detections were matched to: a candidate until it has a track."""

    hits: int  # falls by one a frame, rises by two when matched; gone below zero
    recent: tuple[Detection, ...]  # the last four that were matched, oldest first
    is_seen: bool = True  # in the frame stepped last
    track: Track | None = None
    position: Position = field(default_factory=Position)

    @property
    def label(self) -> str:
        """Never changes: detections of other labels are not matched."""
        return self.recent[-1].label


@dataclass(frozen=True, slots=True, eq=False)
class TrackState:
    """What is remembered between frames; the empty value is the start."""

    followed: tuple[Followed, ...] = ()
    estimates: Estimates = field(default_factory=lambda: begin(()))  # rows as in `followed`


@dataclass(frozen=True, slots=True)
class Tracking:
    """What became of the tracks in one frame."""

    tracks: tuple[Track, ...] = ()  # all that live, oldest first
    lost: tuple[Track, ...] = ()  # as they were last
    first_scores: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """By id of the tracks registered in this frame: scores of the detections behind them."""


def step_tracks(
    state: TrackState,
    detections: Sequence[Detection],
    frame_time: float,
    rules: TrackRules,
    draws: Draws,
) -> tuple[TrackState, Tracking]:
    """Match the detections of one frame.

    Objects choose before candidates. A candidate is registered when its hits exceed
    `min_initialized`; an object is lost when its hits are used up, or when it stood still for
    longer than its label may.

    Args:
        state: as handed back for the frame before.
        detections: of this frame, without doubles; see `present_detections` for a frame in which
            nobody looked.
        frame_time: Unix seconds; becomes the start of what is registered now.
        rules: counted in analysed frames.
        draws: called once per registered track.
    """
    estimates = predict(state.estimates)
    pairs = _pair(state.followed, estimates, detections)
    matched = {row: detections[number] for number, row in pairs.items()}
    moved = [_advance(thing, matched.get(row), rules) for row, thing in enumerate(state.followed)]
    fresh = [d for number, d in enumerate(detections) if number not in pairs]
    estimates = _corrected(estimates, detections, pairs).joined(begin([d.box for d in fresh]))
    everything = [*moved, *(Followed(1, (detection,)) for detection in fresh)]
    updated = [_named(thing, frame_time, rules, draws) for thing in everything]
    alive = [row for row, thing in enumerate(updated) if not _is_over(thing, rules)]
    after = TrackState(tuple(updated[row] for row in alive), estimates.rows(alive))
    return after, _tell(state, after, updated)


def drop_track(state: TrackState, track_id: str) -> TrackState:
    """Follow a thing no longer; if it is still seen, it is met anew. Unknown ids change nothing."""
    kept = [
        row
        for row, thing in enumerate(state.followed)
        if thing.track is None or thing.track.id != track_id
    ]
    return TrackState(tuple(state.followed[row] for row in kept), state.estimates.rows(kept))


def living_tracks(state: TrackState) -> tuple[Track, ...]:
    """Every track, as it was after the last step."""
    return tuple(thing.track for thing in state.followed if thing.track is not None)


def present_detections(state: TrackState) -> tuple[Detection, ...]:
    """The last detection of every track seen in the last frame.

    Fed to `step_tracks` in a frame in which no region was examined: what was there is still there.
    """
    return tuple(track.detection for track in living_tracks(state) if track.is_seen)


def candidate_boxes(state: TrackState) -> tuple[Box, ...]:
    """Where the last frame showed something that is not registered yet."""
    return tuple(
        thing.recent[-1].box for thing in state.followed if thing.track is None and thing.is_seen
    )


def expected_boxes(state: TrackState) -> Mapping[str, Box]:
    """By track id, where each is expected in the next frame; may lie outside the frame."""
    ahead = predict(state.estimates).position
    return {
        thing.track.id: _to_box(row)
        for thing, row in zip(state.followed, ahead, strict=True)
        if thing.track is not None
    }


def _pair(
    followed: Sequence[Followed], estimates: Estimates, detections: Sequence[Detection]
) -> dict[int, int]:
    """Rows of `followed` by number of the detection."""
    pairs: dict[int, int] = {}
    for is_object in (True, False):
        rows = [r for r, thing in enumerate(followed) if (thing.track is not None) is is_object]
        free = [n for n in range(len(detections)) if n not in pairs]
        found = match(
            to_array([detections[n].box for n in free]),
            [detections[n].label for n in free],
            estimates.position[np.asarray(rows, np.intp)],
            [followed[row].label for row in rows],
        )
        pairs |= {free[number]: rows[row] for number, row in found.items()}
    return pairs


def _corrected(
    estimates: Estimates, detections: Sequence[Detection], pairs: Mapping[int, int]
) -> Estimates:
    rows = np.asarray(list(pairs.values()), np.intp)
    seen = correct(estimates.rows(list(rows)), to_array([detections[n].box for n in pairs]))
    position, velocity = estimates.position.copy(), estimates.velocity.copy()
    covariance = estimates.covariance.copy()
    position[rows], velocity[rows] = seen.position, seen.velocity
    covariance[rows] = seen.covariance
    return Estimates(position, velocity, covariance)


def _advance(thing: Followed, detection: Detection | None, rules: TrackRules) -> Followed:
    if detection is None:
        track = None if thing.track is None else replace(thing.track, is_seen=False)
        return replace(thing, hits=thing.hits - 1, is_seen=False, track=track)
    return replace(
        thing,
        hits=min(thing.hits - 1 + HITS_FOR_MATCH, rules.max_hits),
        recent=(*thing.recent, detection)[-STORED_DETECTIONS:],
        is_seen=True,
    )


def _named(thing: Followed, frame_time: float, rules: TrackRules, draws: Draws) -> Followed:
    """The thing with its track brought up to this frame, registered if it is time."""
    if not thing.is_seen:
        return thing
    if thing.track is None:
        if thing.hits <= rules.min_initialized:
            return thing
        return replace(thing, track=_register(thing.recent[-1], frame_time, draws))
    position, has_moved = locate(thing.position, thing.recent[-1].box)
    track = replace(thing.track, frame_time=frame_time, detection=thing.recent[-1], is_seen=True)
    track = _count_move(track, rules, has_moved=has_moved)
    return replace(thing, track=track, position=position)


def _register(detection: Detection, frame_time: float, draws: Draws) -> Track:
    return Track(
        id=timed_id(frame_time, draws()),
        label=detection.label,
        start_time=frame_time,
        frame_time=frame_time,
        detection=detection,
        is_seen=True,
        motionless_count=0,
        position_changes=0,
    )


def _count_move(track: Track, rules: TrackRules, *, has_moved: bool) -> Track:
    """A walk is one change of position, however long; it ends by standing still."""
    if not has_moved:
        return replace(track, motionless_count=track.motionless_count + 1)
    stood = track.motionless_count >= rules.stationary_threshold
    begins = track.position_changes == 0 or stood
    return replace(track, motionless_count=0, position_changes=track.position_changes + int(begins))


def _is_over(thing: Followed, rules: TrackRules) -> bool:
    if thing.hits < 0:
        return True
    limit = None if thing.track is None else rules.stationary_limit(thing.label)
    if thing.track is None or limit is None:
        return False
    return thing.track.motionless_count - rules.stationary_threshold > limit


def _tell(before: TrackState, after: TrackState, updated: Sequence[Followed]) -> Tracking:
    known = {track.id for track in living_tracks(before)}
    living = living_tracks(after)
    alive = {track.id for track in living}
    lost = (t.track for t in updated if t.track is not None and t.track.id not in alive)
    first_scores = {
        thing.track.id: tuple(detection.score for detection in thing.recent)
        for thing in after.followed
        if thing.track is not None and thing.track.id not in known
    }
    return Tracking(living, tuple(lost), first_scores)


def _to_box(row: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Box:
    x1, y1, x2, y2 = (round(float(side)) for side in row)
    return Box(x1, y1, max(x2, x1 + 1), max(y2, y1 + 1))
