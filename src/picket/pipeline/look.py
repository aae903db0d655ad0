"""Decides where in a frame the detector looks, and which objects need no look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from picket.detect.covering import cover
from picket.detect.region_grid import want_motion
from picket.detect.regions import Want, is_shown_by_any, want_object
from picket.detect.scan import scan_regions
from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.domain.track import Track
from picket.pipeline.rules import CameraRules
from picket.pipeline.spots import Spot, SpotMemory, find_spots, lies_on, settle
from picket.pipeline.turns import LastLook, Occasion, Turn, is_standing, turn_of
from picket.track.tracker import TrackState, candidate_boxes, expected_boxes, living_tracks

NEWS_WEIGHT = 2
"""What is new comes before what is known; both gain by waiting."""
SCAN_LOOKS = 2
"""Looks of a frame for the first scan: all cameras begin together, and each has many to make."""


@dataclass(frozen=True, slots=True)
class LookMemory:
    """What is remembered of past looks; the empty value is the start."""

    last_looks: Mapping[str, LastLook] = field(default_factory=dict)  # by track
    spots: SpotMemory = field(default_factory=SpotMemory)
    scan: tuple[Box, ...] | None = None  # regions of the first scan to come; None: not begun


@dataclass(frozen=True, slots=True)
class Look:
    """The plan for one frame."""

    regions: tuple[Box, ...] = ()  # squares for the detector
    assumed: tuple[Detection, ...] = ()  # taken to be there without a look
    spots: tuple[Box, ...] = ()  # that the regions show, and where nothing is known yet


@dataclass(frozen=True, slots=True)
class _Known:
    """An object, and what this frame does about it."""

    track: Track
    last: LastLook
    turn: Turn
    is_standing: bool
    place: Box  # where it should be by now, inside the frame
    want: Want


def plan_look(
    memory: LookMemory, tracks: TrackState, occasion: Occasion, rules: CameraRules
) -> tuple[LookMemory, Look]:
    """Where to look in this frame.

    What does not fit into the looks of one frame waits, and is more urgent in the next. Until the
    scene has been seen as a whole, the looks that are left go there.

    Args:
        memory: as handed back for the frame before.
        tracks: as the frame before left them.
        occasion: this frame.
        rules: of the camera.
    """
    number = occasion.number
    known = _known(memory, tracks, occasion, rules)
    strange = [box for box in occasion.motion if not _is_explained(box, known)]
    spots = find_spots(memory.spots, strange, candidate_boxes(tracks), number)
    wants = {spot: _want_spot(spot, occasion, rules) for spot in spots}
    due = [one.want for one in known if one.turn is Turn.LOOK]
    due += [want_object(box, rules.regions, weight=NEWS_WEIGHT) for box in occasion.absent]
    regions = cover([*wants.values(), *due], rules.regions)
    shown = tuple(spot for spot, want in wants.items() if is_shown_by_any(want, regions))
    scan = scan_regions(rules.regions) if memory.scan is None else memory.scan
    spare = min(rules.regions.looks_max - len(regions), SCAN_LOOKS)
    after = LookMemory(
        {one.track.id: _last_look_after(one, regions, number) for one in known},
        replace(memory.spots, waiting=tuple(spot for spot in spots if spot not in shown)),
        scan[spare:],
    )
    look = Look(
        tuple(dict.fromkeys((*regions, *scan[:spare]))),
        tuple(_assumed(one) for one in known if _is_assumed(one, regions)),
        tuple(spot.box for spot in shown),
    )
    return after, look


def note_found(
    memory: LookMemory, look: Look, found: Sequence[Detection], number: int
) -> LookMemory:
    """What frame `number` found where it looked; the next plan knows where looks are vain."""
    barren = settle(memory.spots.barren, look.spots, [d.box for d in found], number)
    return replace(memory, spots=replace(memory.spots, barren=barren))


def _known(
    memory: LookMemory, tracks: TrackState, occasion: Occasion, rules: CameraRules
) -> tuple[_Known, ...]:
    expected = expected_boxes(tracks)
    return tuple(
        _know(track, memory.last_looks.get(track.id), expected[track.id], occasion, rules)
        for track in living_tracks(tracks)
    )


def _know(
    track: Track, last: LastLook | None, expected: Box, occasion: Occasion, rules: CameraRules
) -> _Known:
    before = occasion.number - 1
    last = last or LastLook(looked=before, found=before)
    if track.is_seen:
        last = replace(last, found=before)
    stands = is_standing(track, occasion, rules.turns)
    ahead = None if stands else expected.clipped(rules.width, rules.height)
    place = ahead or track.detection.box
    want = want_object(place, rules.regions, weight=occasion.number - last.looked)
    return _Known(track, last, turn_of(track, last, occasion, rules.turns), stands, place, want)


def _is_explained(motion: Box, known: Sequence[_Known]) -> bool:
    """Whether it lies on an object that stands, or on one that is looked at anyway."""
    return any(
        lies_on(motion, one.place if one.is_standing else one.want.box)
        for one in known
        if one.is_standing or one.turn is Turn.LOOK
    )


def _want_spot(spot: Spot, occasion: Occasion, rules: CameraRules) -> Want:
    weight = NEWS_WEIGHT + occasion.number - spot.since
    return want_motion(spot.box, occasion.motion, rules.grid, rules.regions, weight=weight)


def _last_look_after(one: _Known, regions: Sequence[Box], number: int) -> LastLook:
    was_looked_at = one.turn is not Turn.ASSUME and is_shown_by_any(one.want, regions)
    return replace(one.last, looked=number) if was_looked_at else one.last


def _is_assumed(one: _Known, regions: Sequence[Box]) -> bool:
    """Nobody is gone because nobody looked."""
    return one.track.is_seen and (one.turn is Turn.ASSUME or not is_shown_by_any(one.want, regions))


def _assumed(one: _Known) -> Detection:
    return replace(one.track.detection, box=one.place)
