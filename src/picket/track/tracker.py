"""Follows detections from frame to frame and gives an identity to what persists."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.domain.rivals import family_of
from picket.domain.track import Track
from picket.track.colours import Colours, unlikeness
from picket.track.followed import Draws, Followed, Glimpse, advance, is_over, notice
from picket.track.hiding import hide
from picket.track.kalman import (
    DOUBTFUL_NOISE,
    SIDE_NOISE,
    Estimates,
    begin,
    correct,
    predict,
    to_array,
    to_box,
)
from picket.track.matching import DOUBTFUL_REACH, SURE_REACH, Places, match
from picket.track.position import Position
from picket.track.rules import TrackRules

MAX_STEP_S = 5.0
"""After a longer pause nothing is known of speeds."""
DOUBLE_IOU = 0.7
"""Two names for boxes that overlap more are names for one thing."""

PART_INSIDE, PART_SIZE = 0.75, 0.5
"""What was noticed last lies so far in a box, and is of so much of its size at most: a part of it,
as of who comes in at the edge of the picture."""


@dataclass(frozen=True, slots=True, eq=False)
class TrackState:
    """What is remembered between frames; the empty value is the start."""

    followed: tuple[Followed, ...] = ()
    estimates: Estimates = field(default_factory=lambda: begin(()))  # rows as in `followed`
    frame_time: float | None = None  # of the frame stepped last
    step_s: float = 0.0  # from the frame before to that one


@dataclass(frozen=True, slots=True)
class Hints:
    """What a frame tells besides its detections."""

    doubtful: Sequence[Detection] = ()
    """Too weak to found anything, but where an object is expected they are likely that object."""
    colours: Callable[[Box], Colours | None] = lambda _: None
    overlooked: Collection[Box] = ()
    """Nobody looked where these were seen last, though it was due: they are not gone."""


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
    hints: Hints = Hints(),
) -> tuple[TrackState, Tracking]:
    """Match the detections of one frame.

    Objects choose before candidates, and sure detections are given away before doubtful ones.
    A candidate is registered when its hits exceed `min_initialized`; an object is lost when
    nothing sure was seen of it for more than `max_disappeared` frames, or when it stood still for
    longer than its label may.

    Args:
        state: as handed back for the frame before.
        detections: of this frame, without doubles; of an object at which nobody looked the last
            one again.
        frame_time: Unix seconds; becomes the start of what is registered now.
        rules: counted in analysed frames.
        draws: called once per registered track.
        hints: of this frame.

    Source: the second round with weak detections is from Zhang et al. 2022, "ByteTrack"
    (2110.06864).
    """
    step_s = 0.0 if state.frame_time is None else frame_time - state.frame_time
    step_s = min(max(step_s, 0.0), MAX_STEP_S)
    estimates = predict(state.estimates, step_s)
    sure = [Glimpse(each, colours=hints.colours(each.box)) for each in detections]
    seen = _assign(sure, SURE_REACH, state.followed, estimates, {})
    newcomers = _newcomers(sure, seen)
    doubtful = [Glimpse(each, is_sure=False) for each in hints.doubtful]
    seen = _assign(doubtful, DOUBTFUL_REACH, state.followed, estimates, seen)
    moved = [
        thing
        if row not in seen and thing.last_box in hints.overlooked
        else advance(thing, seen.get(row), frame_time, rules, draws)
        for row, thing in enumerate(state.followed)
    ]
    fresh = [notice(each, frame_time, rules, draws) for each in newcomers]
    estimates = _corrected(estimates, seen).joined(begin([f.recent[-1].box for f in fresh]))
    updated, estimates = hide([*moved, *fresh], estimates)
    alive = [row for row, thing in enumerate(updated) if not is_over(thing, rules)]
    followed = tuple(updated[row] for row in alive)
    after = TrackState(followed, estimates.rows(alive), frame_time, step_s)
    return after, _tell(state, after, updated)


def drop_track(state: TrackState, track_id: str) -> TrackState:
    """Follow a thing no longer; if it is still seen, it is met anew. Unknown ids change nothing."""
    kept = [
        row
        for row, thing in enumerate(state.followed)
        if thing.track is None or thing.track.id != track_id
    ]
    followed = tuple(state.followed[row] for row in kept)
    return replace(state, followed=followed, estimates=state.estimates.rows(kept))


def exchange_track(
    state: TrackState, track_id: str, track: Track, place: Box | None = None
) -> TrackState:
    """Let what is followed under an id go on as another track; an unknown id changes nothing.

    `place` is where that track is known to stand; None when it has yet to be learned.
    """
    position = Position() if place is None else Position((place,), place)
    followed = tuple(
        replace(thing, track=track, position=position)
        if thing.track is not None and thing.track.id == track_id
        else thing
        for thing in state.followed
    )
    return replace(state, followed=followed)


def living_tracks(state: TrackState) -> tuple[Track, ...]:
    """Every track, as it was after the last step."""
    return tuple(thing.track for thing in state.followed if thing.track is not None)


def candidate_boxes(state: TrackState) -> tuple[Box, ...]:
    """Where the last frame showed something that is not registered yet."""
    return tuple(
        thing.recent[-1].box for thing in state.followed if thing.track is None and thing.is_seen
    )


def expected_boxes(state: TrackState) -> Mapping[str, Box]:
    """By track id, where each is expected when as much time passes as did before the last frame.

    A box may lie outside the frame.
    """
    ahead = predict(state.estimates, state.step_s).position
    return {
        thing.track.id: to_box(row)
        for thing, row in zip(state.followed, ahead, strict=True)
        if thing.track is not None
    }


def _assign(
    glimpses: Sequence[Glimpse],
    reach: float,
    followed: Sequence[Followed],
    estimates: Estimates,
    seen: Mapping[int, Glimpse],
) -> Mapping[int, Glimpse]:
    """What is seen of each row of `followed`: what was known before, and who took what of these."""
    free = list(glimpses)
    for is_object in (True, False):
        rows = [
            row
            for row, thing in enumerate(followed)
            if row not in seen and (thing.track is not None) is is_object
        ]
        pairs = _pair(free, [followed[row] for row in rows], estimates.rows(rows), reach)
        seen = {**seen, **{rows[place]: free[number] for number, place in pairs.items()}}
        free = [glimpse for number, glimpse in enumerate(free) if number not in pairs]
    return seen


def _pair(
    glimpses: Sequence[Glimpse], things: Sequence[Followed], estimates: Estimates, reach: float
) -> dict[int, int]:
    places = Places(
        expected=estimates.position,
        last=to_array([thing.last_box for thing in things]),
        labels=[thing.label for thing in things],
    )
    return match(
        to_array([glimpse.detection.box for glimpse in glimpses]),
        [glimpse.detection.label for glimpse in glimpses],
        places,
        lambda n, m: _unlikeness(glimpses[n], things[m]),
        reach,
    )


def _unlikeness(glimpse: Glimpse, thing: Followed) -> float:
    """How unlike they look, 0..1; a part says nothing about the colours of the whole."""
    if thing.track is None and _is_growing(thing.last_box, glimpse.detection.box):
        return 0.0
    return unlikeness(glimpse.colours, thing.colours)


def _is_growing(before: Box, box: Box) -> bool:
    """Whether a box may show the whole of what came in with its head."""
    inside = before.intersection(box) >= PART_INSIDE * before.area
    return inside and before.area <= PART_SIZE * box.area


def _newcomers(sure: Sequence[Glimpse], seen: Mapping[int, Glimpse]) -> list[Glimpse]:
    """The sure glimpses of nobody known, without second names for what is seen."""
    known = set(seen.values())
    fresh: list[Glimpse] = []
    for glimpse in sorted(sure, key=lambda each: each.detection.score, reverse=True):
        if not any(glimpse is other or _is_double(glimpse, other) for other in (*known, *fresh)):
            fresh.append(glimpse)
    return fresh


def _is_double(glimpse: Glimpse, other: Glimpse) -> bool:
    one, another = glimpse.detection, other.detection
    return (
        one.label != another.label
        and family_of(one.label) == family_of(another.label)
        and one.box.iou(another.box) > DOUBLE_IOU
    )


def _corrected(estimates: Estimates, seen: Mapping[int, Glimpse]) -> Estimates:
    rows = np.asarray(list(seen), np.intp)
    boxes = to_array([glimpse.detection.box for glimpse in seen.values()])
    noise = [SIDE_NOISE if glimpse.is_sure else DOUBTFUL_NOISE for glimpse in seen.values()]
    corrected = correct(estimates.rows(list(seen)), boxes, np.asarray(noise))
    position, velocity = estimates.position.copy(), estimates.velocity.copy()
    covariance = estimates.covariance.copy()
    position[rows], velocity[rows] = corrected.position, corrected.velocity
    covariance[rows] = corrected.covariance
    return Estimates(position, velocity, covariance)


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
