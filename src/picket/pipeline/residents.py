"""What stands about in a camera's picture, known over losses and restarts: no news until it moves.

Source of the idea: background models keep what is at rest apart from what moves; here each thing
that came to rest is kept by place and appearance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from picket.domain.geometry import Box
from picket.domain.resident import Resident, ResidentView
from picket.domain.track import Track
from picket.events.memory import EventState
from picket.media.appearance import describe
from picket.pipeline.place import (
    ALIKE,
    EMPTY_LOOKS,
    GONE_LOOKS,
    NEVER,
    Outcome,
    Place,
    Sight,
    check,
    dismiss,
    fits,
    follow,
    is_open,
    likeness_now,
    needs_look,
    renew,
    vacate,
)

MAX_RESIDENTS = 64
MAX_AGE_S = 7 * 86_400.0
"""A resident that no detector found for so long is forgotten."""
GAP_S = 5.0
"""While nobody watched for longer, anything may have happened."""


@dataclass(frozen=True, slots=True, eq=False)
class ResidentState:
    """What is remembered between frames; the empty value is the start."""

    places: tuple[Place, ...] = ()
    time: float = NEVER  # frame time of the last frame


@dataclass(frozen=True, slots=True)
class Recognition:
    """What the residents say about the tracks of one frame."""

    resumed: Mapping[str, Place] = field(default_factory=dict)
    """By id of a track that nobody was told of: it goes on as the track of this place."""
    renewed: Mapping[str, Track] = field(default_factory=dict)
    """By id under which something was followed: it goes on as this track, as news."""
    missed: tuple[Track, ...] = ()  # live on though nobody follows them
    lost: tuple[Track, ...] = ()  # missed for too long
    known: frozenset[str] = frozenset()  # ids of tracks that are no news


def remember(residents: Iterable[Resident]) -> ResidentState:
    """The start of a process that has stored residents: each must be found again first."""
    return ResidentState(tuple(Place(resident) for resident in residents))


def residents(state: ResidentState) -> tuple[Resident, ...]:
    """What is to be stored."""
    return tuple(place.resident for place in state.places if not place.is_forgotten)


def show_residents(state: ResidentState, width: int, height: int) -> tuple[ResidentView, ...]:
    """What clients see, for a frame of this size in pixels."""
    return tuple(
        ResidentView(
            id=one.id,
            label=one.label,
            box=one.box.relative(width, height),
            since_time=one.since_time,
            seen_time=one.seen_time,
            whereabouts=place.whereabouts,
        )
        for place in state.places
        if not place.is_forgotten
        for one in (place.resident,)
    )


def forget(state: ResidentState, resident_id: str | None) -> ResidentState:
    """Let a resident, or all of them when None, be news again; an unknown id changes nothing."""
    return _without(state, lambda place: resident_id in (None, place.resident.id))


def forget_track(state: ResidentState, track_id: str) -> ResidentState:
    """Let what stands about under a track's id be news again; an unknown id changes nothing."""
    return _without(state, lambda place: place.track is not None and place.track.id == track_id)


def boxes_to_see(state: ResidentState, now: float, *, is_recheck: bool) -> tuple[Box, ...]:
    """Where the detector must look, at this frame time, for residents that no track stands for."""
    return tuple(
        place.resident.box
        for place in state.places
        if needs_look(place, now) or (is_recheck and not place.is_standing)
    )


def recognise(
    state: ResidentState, sight: Sight, fresh: Iterable[str], settled_frames: int
) -> tuple[ResidentState, Recognition]:
    """Take the tracks of one frame.

    Args:
        state: of the frame before.
        sight: this frame after tracking.
        fresh: ids of the living tracks that nobody was told of.
        settled_frames: without a move; what is recognised counts as having stood so long.
    """
    places = _after_gap(state, sight.now)
    claims = _claims(places, _unplaced(places, fresh, sight), sight)
    outcomes = [
        _resume(place, claims[n], sight, settled_frames) if n in claims else follow(place, sight)
        for n, place in enumerate(places)
    ]
    outcomes = [_judged(outcome, sight) for outcome in outcomes]
    after = tuple(outcome.place for outcome in outcomes if outcome.place is not None)
    return ResidentState(after, sight.now), Recognition(
        resumed={
            track.id: place
            for n, track in claims.items()
            if (place := outcomes[n].place) is not None
        },
        renewed={one.strayed: one.renewed for one in outcomes if one.renewed is not None},
        missed=tuple(p.track for p in after if p.track and p.missed_time is not None),
        lost=tuple(outcome.lost for outcome in outcomes if outcome.lost is not None),
        known=frozenset(p.track.id for p in after if p.track and p.is_known),
    )


def settle(
    state: ResidentState, events: EventState, sight: Sight, settled_frames: int
) -> ResidentState:
    """Take in what is believed and has come to rest."""
    standing = {place.track.id for place in state.places if place.track is not None}
    at_rest = [
        memory.track
        for key, memory in events.objects.items()
        if key not in standing
        and memory.track.is_seen
        and memory.track.is_stationary(settled_frames)
        and not memory.is_false_positive
    ]
    for track in at_rest:
        state = _take_in(state, track, sight)
    return state


def end_tracks(state: ResidentState) -> ResidentState:
    """Every event ended; the residents are remembered."""
    return ResidentState(
        tuple(vacate(place) for place in state.places if not place.is_forgotten), state.time
    )


def _without(state: ResidentState, is_meant: Callable[[Place], bool]) -> ResidentState:
    places = (
        replace(place, is_forgotten=True) if is_meant(place) else place for place in state.places
    )
    return replace(state, places=tuple(places))


def _after_gap(state: ResidentState, now: float) -> tuple[Place, ...]:
    young = [
        place
        for place in state.places
        if place.track is not None or now - place.resident.seen_time <= MAX_AGE_S
    ]
    if abs(now - state.time) <= GAP_S:
        return tuple(young)
    return tuple(replace(place, is_disturbed=True) for place in young)


def _unplaced(places: tuple[Place, ...], fresh: Iterable[str], sight: Sight) -> list[Track]:
    """Tracks that are seen and stand for nobody yet."""
    placed = {place.track.id for place in places if place.track is not None}
    tracks = (sight.tracks[key] for key in fresh)
    return [track for track in tracks if track.is_seen and track.id not in placed]


def _claims(places: tuple[Place, ...], fresh: list[Track], sight: Sight) -> dict[int, Track]:
    """Which new track is taken for the resident of which place, by number: who looks most like.

    Where the place was seen empty, only who does look like it.
    """
    claims: dict[int, Track] = {}
    for track in fresh:
        fitting = {
            n: alike
            for n, place in enumerate(places)
            if n not in claims and is_open(place, sight) and fits(place, track)
            for alike in (likeness_now(place, sight.frame),)
            if alike >= ALIKE or place.empty_looks < EMPTY_LOOKS
        }
        if fitting:
            claims[max(fitting, key=lambda n: fitting[n])] = track
    return claims


def _resume(place: Place, track: Track, sight: Sight, settled_frames: int) -> Outcome:
    """The place with what was found there, which need still prove itself.

    Its event goes on where one waits. A track that stood for the resident before strayed from it.
    """
    before = place.track
    is_known = before is None or place.is_known
    if before is None or is_known:
        found = replace(sight.begin(track.detection), motionless_count=settled_frames + 1)
    else:
        found = replace(
            before, detection=track.detection, frame_time=track.frame_time, is_seen=True
        )
    resumed = Place(
        place.resident,
        found,
        is_known=is_known,
        doubted_time=sight.now,
        checked_time=place.checked_time,
    )
    return renew(resumed, before.id if before else "", sight)


def _judged(outcome: Outcome, sight: Sight) -> Outcome:
    """The outcome after a check of the place."""
    if outcome.place is None:
        return outcome
    place = check(outcome.place, sight)
    if place.empty_looks < GONE_LOOKS:
        return replace(outcome, place=place)
    gone = dismiss(place, sight)
    return gone if outcome.renewed is None else replace(outcome, place=None)


def _take_in(state: ResidentState, track: Track, sight: Sight) -> ResidentState:
    resident = Resident(
        id=track.id,
        label=track.label,
        box=track.detection.box,
        appearances=(describe(sight.frame, track.detection.box),),
        since_time=track.start_time,
        seen_time=sight.now,
    )
    fresh = Place(resident, track, is_disturbed=False, checked_time=sight.now)
    others = (
        replace(place, is_forgotten=True) if _is_outdated(place, track, sight) else place
        for place in state.places
    )
    return replace(state, places=_bounded((*others, fresh)))


def _is_outdated(place: Place, track: Track, sight: Sight) -> bool:
    """Whether a place without its track is where what stands now stood before."""
    if place.is_standing:
        return False
    has_moved = place.resident.id == track.id
    return has_moved or (fits(place, track) and likeness_now(place, sight.frame) >= ALIKE)


def _bounded(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The newest of those that can go must stay within the bound; who stands there stays."""
    vacant = [place for place in places if place.track is None]
    excess = len(places) - MAX_RESIDENTS
    if excess <= 0:
        return places
    dropped = sorted(vacant, key=lambda place: place.resident.seen_time)[:excess]
    return tuple(place for place in places if place not in dropped)
