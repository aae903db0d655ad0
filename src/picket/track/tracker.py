"""Follows detections from frame to frame and gives an identity to what persists."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from picket.domain.appearance import Appearance
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
from picket.track.whole import Whole, is_inside, is_part, is_shared, is_unchanged

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
    appearance: Callable[[Box], Appearance] | None = None
    """Of a part of the frame; without it what is seen in part is never taken for the whole."""
    overlooked: Collection[Box] = ()
    """Nobody looked where these were seen last, though it was due: they are not gone."""


@dataclass(frozen=True, slots=True)
class Tracking:
    """What became of the tracks in one frame."""

    tracks: tuple[Track, ...] = ()  # all that live, oldest first
    lost: tuple[Track, ...] = ()  # as they were last
    first_scores: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """By id of the tracks registered in this frame: scores of the detections behind them."""


@dataclass(frozen=True, slots=True)
class _Sights:
    """What a frame shows of whom."""

    known: Mapping[int, Glimpse]  # by row of what is followed
    fresh: Sequence[Glimpse]  # of nobody known
    parts: frozenset[int]  # rows of candidates that are parts of something known


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
    begun = pass_time(state, frame_time)
    if not (state.followed or detections or hints.doubtful):
        return begun, Tracking()
    estimates = predict(state.estimates, begun.step_s)
    sights = _look(state.followed, estimates, detections, hints)
    moved = [
        thing
        if row not in sights.known and thing.last_box in hints.overlooked
        else advance(thing, sights.known.get(row), frame_time, rules, draws)
        for row, thing in enumerate(state.followed)
    ]
    fresh = [notice(each, frame_time, rules, draws) for each in sights.fresh]
    corrected = _corrected(estimates, sights.known)
    estimates = corrected.joined(begin([f.recent[-1].box for f in fresh]))
    updated, estimates = hide([*moved, *fresh], estimates)
    alive = [
        row
        for row, thing in enumerate(updated)
        if row not in sights.parts and not is_over(thing, rules)
    ]
    followed = tuple(updated[row] for row in alive)
    after = replace(begun, followed=followed, estimates=estimates.rows(alive))
    return after, _tell(state, after, updated)


def pass_time(state: TrackState, frame_time: float) -> TrackState:
    """The next frame, before anything is known of it."""
    step_s = 0.0 if state.frame_time is None else frame_time - state.frame_time
    return replace(state, frame_time=frame_time, step_s=min(max(step_s, 0.0), MAX_STEP_S))


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
    if not state.followed:
        return {}
    ahead = predict(state.estimates, state.step_s).position
    return {
        thing.track.id: to_box(row)
        for thing, row in zip(state.followed, ahead, strict=True)
        if thing.track is not None
    }


def _look(
    followed: Sequence[Followed],
    estimates: Estimates,
    detections: Sequence[Detection],
    hints: Hints,
) -> _Sights:
    sure = [Glimpse(each, colours=hints.colours(each.box)) for each in detections]
    seen = _assign(sure, SURE_REACH, followed, estimates, {})
    newcomers = _newcomers(sure, seen)
    doubtful = [Glimpse(each, is_sure=False) for each in hints.doubtful]
    seen = _assign(doubtful, DOUBTFUL_REACH, followed, estimates, seen)
    known = {row: _completed(each, followed[row], detections, hints) for row, each in seen.items()}
    wholes = [glimpse.detection.box for glimpse in known.values() if glimpse.is_part]
    fresh = (each for each in newcomers if not _is_inside_any(each.detection.box, wholes))
    return _Sights(
        known, [_described(each, hints) for each in fresh], _parts(followed, known, wholes)
    )


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


def _completed(
    glimpse: Glimpse, thing: Followed, sure: Sequence[Detection], hints: Hints
) -> Glimpse:
    """What is seen with the whole of it: a part of what is still there stands for all of it."""
    whole, box = thing.whole, glimpse.detection.box
    if whole is None or hints.appearance is None:
        return _described(glimpse, hints)
    if box == whole.box:  # nobody looked, so nothing is new
        return replace(glimpse, whole=whole)
    is_cut = is_part(box, whole.box) and not is_shared(whole.box, box, (d.box for d in sure))
    if is_cut and is_unchanged(whole, hints.appearance(whole.box)):
        detection = replace(glimpse.detection, box=whole.box)
        return Glimpse(detection, glimpse.is_sure, whole=whole, is_part=True)
    return _described(glimpse, hints)


def _described(glimpse: Glimpse, hints: Hints) -> Glimpse:
    if hints.appearance is None or not glimpse.is_sure:
        return glimpse
    box = glimpse.detection.box
    return replace(glimpse, whole=Whole(box, hints.appearance(box)))


def _parts(
    followed: Sequence[Followed], seen: Mapping[int, Glimpse], wholes: Sequence[Box]
) -> frozenset[int]:
    """Rows of candidates that turn out to be other parts of what was seen in part."""
    boxes = {
        row: seen[row].detection.box if row in seen else thing.last_box
        for row, thing in enumerate(followed)
        if thing.track is None and not (row in seen and seen[row].is_part)
    }
    return frozenset(row for row, box in boxes.items() if _is_inside_any(box, wholes))


def _is_inside_any(box: Box, wholes: Sequence[Box]) -> bool:
    return any(is_inside(box, whole) for whole in wholes)


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
