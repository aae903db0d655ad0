"""The place of one resident: whether it stands there, is missed, or left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from picket.domain.appearance import Appearance
from picket.domain.detection import Detection
from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.resident import Resident, Whereabouts
from picket.domain.rivals import family_of
from picket.domain.track import Track
from picket.media.appearance import describe, likeness

NEVER = float("-inf")

CHECK_S = 1.0
"""A place is compared with what is remembered so often."""
ALIKE = 0.8
"""The same thing is above, also in other light; what else stands at one place is below."""
FAMILIAR = 0.85
"""An appearance that is less like every known one is remembered beside them."""
MAX_APPEARANCES = 4
EMPTY_LOOKS = 4
"""Looks in a row that find nothing, a second apart, after which no event waits any longer …"""
GONE_LOOKS = 20
"""… and after which the resident is forgotten: what no detector knows may stand in front."""
WAIT_S = 60.0
"""An event goes on so long while its object is missed: a lorry that stops in front passes on."""
DOUBT_S = 1.0
"""What is found at the place of a resident has so long to look like it, half hidden at first."""
AWAY_FRAMES = 3
"""A single stray box is no departure."""
SAME_PLACE_IOU = 0.5
OUTSIDE_SHARE = 0.35
"""A box that lies so far outside its place has moved; one that shrinks within is half hidden."""
AWAY_IOU = 0.25
"""What overlaps less stands elsewhere, even inside."""
COVERED_SHARE = 0.5
LOOKED_AT_SHARE = 0.9
SEEN_STEP_S = 600.0
"""`seen_time` moves in steps, so that what is stored rarely changes."""


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """One frame as the places see it, after tracking."""

    frame: Frame
    motion: tuple[Box, ...]  # where something moves, or may
    is_steady: bool  # the picture as a whole does not change
    regions: tuple[Box, ...]  # where the detector looked
    is_looking: bool  # detection is on
    begin: Callable[[Detection], Track]  # a new identity for what was detected now
    tracks: Mapping[str, Track] = field(default_factory=dict)  # all that live, by id
    lost: Mapping[str, Track] = field(default_factory=dict)  # in this frame, by id

    @property
    def now(self) -> float:
        """Frame time."""
        return self.frame.frame_time


@dataclass(frozen=True, slots=True)
class Place:
    """A resident and what goes on where it stands; only the resident outlives the process."""

    resident: Resident
    track: Track | None = None  # what stands there, or what is missed
    is_known: bool = False  # the track was recognised and is no news: it has no event
    missed_time: float | None = None  # frame time since which the track is gone but its event waits
    doubted_time: float | None = None  # since when the track need still prove to be the resident
    is_disturbed: bool = True  # since it was last certain, something may have happened here
    is_hidden: bool = False  # something else was seen in front
    empty_looks: int = 0
    away_frames: int = 0
    checked_time: float = NEVER
    rejected: str = ""  # id of a track that proved not to be the resident
    is_forgotten: bool = False  # a client wished so

    @property
    def is_standing(self) -> bool:
        """Whether a living track stands for the resident."""
        return self.track is not None and self.missed_time is None

    @property
    def whereabouts(self) -> Whereabouts:
        """As clients see it."""
        if self.track is None:
            return Whereabouts.REMEMBERED
        return Whereabouts.STANDING if self.missed_time is None else Whereabouts.MISSED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one frame made of a place."""

    place: Place | None  # None: the resident is forgotten
    lost: Track | None = None  # nobody follows it, and its event ends now
    strayed: str = ""  # id under which something else is followed now …
    renewed: Track | None = None  # … which begins anew as this, as news


def fits(place: Place, track: Track) -> bool:
    """Whether a track could be the resident by label and box."""
    resident = place.resident
    return (
        family_of(track.label) == family_of(resident.label)
        and track.id != place.rejected
        and track.detection.box.iou(resident.box) >= SAME_PLACE_IOU
        and not _has_come(track, resident.box)
    )


def needs_look(place: Place, now: float) -> bool:
    """Whether the detector must look here in this frame to make the place certain again."""
    is_unclear = place.is_disturbed and not place.is_hidden
    return not place.is_standing and is_unclear and _is_due(place, now)


def is_open(place: Place, sight: Sight) -> bool:
    """Whether nothing is seen here now that fits the resident."""
    track = sight.tracks.get(place.track.id) if place.track is not None else None
    is_there = (
        track is not None
        and track.is_seen
        and track.detection.box.iou(place.resident.box) >= SAME_PLACE_IOU
    )
    return not is_there and not place.is_forgotten


def likeness_now(place: Place, frame: Frame) -> float:
    """How much the place looks as it did with its resident, 0..1."""
    shown = describe(frame, place.resident.box)
    return max(likeness(shown, one) for one in place.resident.appearances)


def has_left(box: Box, place: Box) -> bool:
    """Whether an object is no longer where it stood; half hidden it still is."""
    return _is_outside(box, place) or box.iou(place) < AWAY_IOU


def follow(place: Place, sight: Sight) -> Outcome:
    """What became of the track that stood here."""
    if place.is_forgotten:
        return dismiss(place, sight)
    if place.track is None:
        return Outcome(place)
    if place.missed_time is not None:
        is_patient = abs(sight.now - place.missed_time) <= WAIT_S and _may_return(place, sight)
        return Outcome(place) if is_patient else Outcome(vacate(place), lost=place.track)
    if place.track.id in sight.lost:
        return Outcome(_miss(place, sight.lost[place.track.id], sight))
    return _accompany(place, sight.tracks[place.track.id], sight)


def renew(place: Place | None, track_id: str, sight: Sight) -> Outcome:
    """The place, and what is followed under an id as a thing of its own, if anything is."""
    track = sight.tracks.get(track_id)
    if track is None:
        return Outcome(place)
    return Outcome(place, strayed=track_id, renewed=sight.begin(track.detection))


def dismiss(place: Place, sight: Sight) -> Outcome:
    """Forget the resident; what stands there without an event is news."""
    if place.missed_time is not None:
        return Outcome(None, lost=place.track)
    return renew(None, place.track.id if place.track and place.is_known else "", sight)


def vacate(place: Place) -> Place:
    """Nothing stands here any more that could be followed; the resident is remembered."""
    return Place(place.resident, empty_looks=place.empty_looks, checked_time=place.checked_time)


def check(place: Place, sight: Sight) -> Place:
    """Compare the place with what is remembered, once a second, in doubt in each frame.

    As long as nothing moves there, what changes is light, and is learned. Once something
    moved, the place must look as it did, or the detector find the resident, before it is certain
    again; a look of the detector that finds neither counts against it.
    """
    is_moving = any(box.overlaps(place.resident.box) for box in sight.motion)
    place = replace(place, is_disturbed=place.is_disturbed or is_moving)
    if not (_is_due(place, sight.now) and sight.is_steady):
        return place
    checked_time, place = place.checked_time, replace(place, checked_time=sight.now)
    shown = describe(sight.frame, place.resident.box)
    alike = max(likeness(shown, one) for one in place.resident.appearances)
    if not is_moving and (not place.is_disturbed or _is_found(place, sight)):
        # A flat surface is not even like itself: there is nothing to learn.
        is_new = alike < FAMILIAR <= likeness(shown, shown)
        return _assured(_learn(place, shown) if is_new else place)
    if alike >= ALIKE:
        return _assured(place)
    return _found_unlike(place, sight, checked_time)


def _found_unlike(place: Place, sight: Sight, checked_time: float) -> Place:
    """Something stands in front, or a look finds nothing; without a look the next frame decides."""
    place = replace(place, is_hidden=_is_hidden(place, sight))
    if place.is_hidden:
        return place
    if not _is_looked_at(place.resident.box, sight):
        return replace(place, checked_time=checked_time)
    return replace(place, empty_looks=place.empty_looks + 1)


def _has_come(track: Track, place: Box) -> bool:
    """Whether it was noticed elsewhere first: what stands about was there all the time."""
    return track.origin is not None and _is_outside(track.origin, place)


def _is_outside(box: Box, place: Box) -> bool:
    return box.area - box.intersection(place) > OUTSIDE_SHARE * box.area


def _miss(place: Place, track: Track, sight: Sight) -> Place:
    """Its event waits, unless there is none, or a setting says that it stood long enough."""
    if place.is_known or track.is_seen or not _may_return(place, sight):
        return vacate(place)
    return replace(place, track=track, missed_time=sight.now, doubted_time=None)


def _may_return(place: Place, sight: Sight) -> bool:
    return sight.is_looking and place.empty_looks < EMPTY_LOOKS


def _accompany(place: Place, track: Track, sight: Sight) -> Outcome:
    if not track.is_seen:
        return Outcome(place)
    if has_left(track.detection.box, place.resident.box):
        return _let_go(replace(place, away_frames=place.away_frames + 1), track, sight)
    place = replace(place, track=track, away_frames=0)
    if place.doubted_time is not None:
        return _doubt(place, track, sight)
    if sight.now - place.resident.seen_time >= SEEN_STEP_S:
        place = replace(place, resident=replace(place.resident, seen_time=sight.now))
    return Outcome(place)


def _let_go(place: Place, track: Track, sight: Sight) -> Outcome:
    """The track goes elsewhere; what it stood for may still be there, if it strayed to another."""
    if place.away_frames < AWAY_FRAMES:
        return Outcome(place)
    if place.is_known:
        return renew(vacate(place), track.id, sight)
    if place.track is None or likeness_now(place, sight.frame) < ALIKE:
        return Outcome(vacate(place))
    missed = replace(place.track, is_seen=False)
    waiting = replace(place, track=missed, missed_time=sight.now, doubted_time=None, away_frames=0)
    return renew(waiting, track.id, sight)


def _doubt(place: Place, track: Track, sight: Sight) -> Outcome:
    """Who does not look like the resident in time is news; the resident may be hidden behind."""
    if place.doubted_time is None or abs(sight.now - place.doubted_time) <= DOUBT_S:
        return Outcome(place)
    stranger = sight.begin(track.detection)
    rid = replace(vacate(place), rejected=stranger.id)
    ended = None if place.is_known else replace(track, is_seen=False)
    return Outcome(rid, lost=ended, strayed=track.id, renewed=stranger)


def _is_due(place: Place, now: float) -> bool:
    return abs(now - place.checked_time) >= CHECK_S or place.doubted_time is not None


def _assured(place: Place) -> Place:
    return replace(place, is_disturbed=False, is_hidden=False, empty_looks=0, doubted_time=None)


def _learn(place: Place, shown: Appearance) -> Place:
    known = (shown, *place.resident.appearances)[:MAX_APPEARANCES]
    return replace(place, resident=replace(place.resident, appearances=known))


def _is_found(place: Place, sight: Sight) -> bool:
    """Whether the detector itself just saw the resident."""
    return (
        place.doubted_time is None
        and not is_open(place, sight)
        and _is_looked_at(place.resident.box, sight)
    )


def _is_hidden(place: Place, sight: Sight) -> bool:
    """Whether an object is seen at the place, or so far in front that the resident cannot be."""
    box = place.resident.box
    return any(
        track.is_seen and track.detection.box.intersection(box) >= COVERED_SHARE * box.area
        for track in sight.tracks.values()
    )


def _is_looked_at(box: Box, sight: Sight) -> bool:
    return any(region.intersection(box) >= LOOKED_AT_SHARE * box.area for region in sight.regions)
