"""The life of one followed thing: a candidate first, then an object, then gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.domain.ids import timed_id
from picket.domain.track import Track
from picket.track.colours import Colours, blend
from picket.track.position import Position, locate
from picket.track.rules import TrackRules
from picket.track.whole import Whole

Draws = Callable[[], Sequence[int]]
"""Six random numbers 0..35 for a new id, whenever called."""

STORED_DETECTIONS = 4
SURE_GAIN, DOUBTFUL_GAIN, UNSEEN_GAIN = 1, 0, -1
"""What a frame adds to the hits of a candidate."""


@dataclass(frozen=True, slots=True, eq=False)
class Glimpse:
    """What one frame shows of a followed thing."""

    detection: Detection
    is_sure: bool = True
    colours: Colours | None = None  # unknown of doubtful ones: mostly something stands before them
    whole: Whole | None = None  # that it shows, or shows a part of; unknown of doubtful newcomers
    is_part: bool = False  # only a part was seen; the box is that of the whole


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """One thing that detections were matched to: a candidate until it has a track."""

    hits: int  # of a candidate, which is gone below zero
    recent: tuple[Detection, ...]  # the last four that were matched, oldest first
    is_seen: bool = True  # in the frame stepped last
    colours: Colours | None = None
    whole: Whole | None = None  # surely seen where it is now
    track: Track | None = None
    position: Position = field(default_factory=Position)
    was_apart: bool = False  # surely seen once, with nobody in front of it

    @property
    def label(self) -> str:
        """Of the track for as long as it lives; of the newest detection before."""
        return self.recent[-1].label if self.track is None else self.track.label

    @property
    def last_box(self) -> Box:
        """Where it was seen last, surely or not."""
        return (self.recent[-1] if self.track is None else self.track.detection).box


def notice(glimpse: Glimpse, frame_time: float, rules: TrackRules, draws: Draws) -> Followed:
    """A new candidate, registered at once where one hit is enough."""
    candidate = Followed(1, (glimpse.detection,), colours=glimpse.colours, whole=glimpse.whole)
    return _register_if_due(candidate, frame_time, rules, draws)


def advance(
    thing: Followed, glimpse: Glimpse | None, frame_time: float, rules: TrackRules, draws: Draws
) -> Followed:
    """The thing one frame later, registered if it is time; `None` when it was not seen."""
    if thing.track is None:
        candidate = _take_in(thing, glimpse)
        return _register_if_due(candidate, frame_time, rules, draws)
    if glimpse is None:
        unsure_count = thing.track.unsure_count + 1
        unseen = replace(thing.track, is_seen=False, unsure_count=unsure_count, hidden_box=None)
        return replace(thing, is_seen=False, track=unseen)
    named = _named(glimpse, thing.track.label)
    return _follow(_take_in(thing, named), thing.track, named, frame_time, rules)


def register(detection: Detection, frame_time: float, draws: Draws) -> Track:
    """A new track of what was detected now."""
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


def is_over(thing: Followed, rules: TrackRules) -> bool:
    """Whether it is forgotten: given up, long unseen, or standing longer than its label may.

    A doubtful glimpse says where an object is, but only sure ones say that it is still there.
    """
    track = thing.track
    if track is None:
        return thing.hits < 0
    limit = rules.stationary_limit(track.label)
    stood = track.motionless_count - rules.stationary_threshold
    return track.unsure_count > rules.max_disappeared or (limit is not None and stood > limit)


def _take_in(thing: Followed, glimpse: Glimpse | None) -> Followed:
    if glimpse is None:
        return replace(thing, hits=thing.hits + UNSEEN_GAIN, is_seen=False)
    if not glimpse.is_sure:
        return replace(thing, hits=thing.hits + DOUBTFUL_GAIN, is_seen=True)
    return replace(
        thing,
        hits=thing.hits + SURE_GAIN,
        recent=(*thing.recent, glimpse.detection)[-STORED_DETECTIONS:],
        is_seen=True,
        colours=blend(thing.colours, glimpse.colours),
        whole=glimpse.whole,
    )


def _follow(
    thing: Followed, track: Track, glimpse: Glimpse, frame_time: float, rules: TrackRules
) -> Followed:
    """The thing with its track brought up to a frame that shows it."""
    track = replace(
        track,
        frame_time=frame_time,
        detection=glimpse.detection,
        is_seen=True,
        hidden_box=None,
        unsure_count=0 if glimpse.is_sure else track.unsure_count + 1,
    )
    if not glimpse.is_sure:
        return replace(thing, track=track)
    position, has_moved = locate(thing.position, glimpse.detection.box)
    return replace(thing, track=_count_move(track, rules, has_moved=has_moved), position=position)


def _named(glimpse: Glimpse, label: str) -> Glimpse:
    """A track keeps its name, whatever the newest detection calls it."""
    if glimpse.detection.label == label:
        return glimpse
    return replace(glimpse, detection=replace(glimpse.detection, label=label))


def _register_if_due(
    thing: Followed, frame_time: float, rules: TrackRules, draws: Draws
) -> Followed:
    if thing.hits <= rules.min_initialized:
        return thing
    newest = replace(thing.recent[-1], label=_usual_label(thing.recent))
    track = replace(register(newest, frame_time, draws), origin=thing.recent[0].box)
    return replace(thing, track=track)


def _usual_label(recent: Sequence[Detection]) -> str:
    """What most of the score was given for; the older one of two."""
    votes: defaultdict[str, float] = defaultdict(float)
    for detection in recent:
        votes[detection.label] += detection.score
    return max(votes, key=lambda label: votes[label])


def _count_move(track: Track, rules: TrackRules, *, has_moved: bool) -> Track:
    """A walk is one change of position, however long; it ends by standing still."""
    if not has_moved:
        return replace(track, motionless_count=track.motionless_count + 1)
    stood = track.motionless_count >= rules.stationary_threshold
    begins = track.position_changes == 0 or stood
    return replace(track, motionless_count=0, position_changes=track.position_changes + int(begins))
