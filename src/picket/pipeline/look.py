"""Decides where in a frame the detector looks, and which objects need no look."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from picket.detect.covering import cover
from picket.detect.region_grid import want_motion
from picket.detect.regions import Want, is_shown, is_shown_by_any, want_object
from picket.detect.scan import scan_regions
from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.domain.look import Ask, Urgency
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
    """What a frame comes to."""

    regions: tuple[Box, ...] = ()  # squares that the detector looked at
    assumed: tuple[Detection, ...] = ()  # taken to be there without a look
    spots: tuple[Box, ...] = ()  # that the regions show, and where nothing is known yet
    overlooked: frozenset[Box] = frozenset()  # places that a shed look would have shown


@dataclass(frozen=True, slots=True)
class _Known:
    """An object, and what this frame does about it."""

    track: Track
    last: LastLook
    turn: Turn
    is_standing: bool
    place: Box  # where it should be by now, inside the frame
    want: Want


@dataclass(frozen=True, slots=True)
class Plan:
    """What one frame should look at, and why; the empty value looks nowhere."""

    asks: tuple[Ask, ...] = ()  # the most urgent first
    number: int = 0  # of the frame
    known: tuple[_Known, ...] = ()
    wanted: Mapping[Spot, Want] = field(default_factory=dict)
    fresh: frozenset[Box] = frozenset()  # where something stirs in this frame
    scan: tuple[Box, ...] | None = None  # regions of the first scan to come, with those in `asks`


def plan_look(
    memory: LookMemory, tracks: TrackState, occasion: Occasion, rules: CameraRules
) -> Plan:
    """Where to look in this frame.

    What does not fit into the looks of one frame waits, and is more urgent in the next. Until the
    scene has been seen as a whole, the looks that are left go there.

    Args:
        memory: as handed back for the frame before.
        tracks: as the frame before left them.
        occasion: this frame.
        rules: of the camera.
    """
    known = _known(memory, tracks, occasion, rules)
    strange = [box for box in occasion.motion if not _is_explained(box, known)]
    candidates = candidate_boxes(tracks)
    spots = find_spots(memory.spots, strange, candidates, occasion.number)
    wanted = {spot: _want_spot(spot, occasion, rules) for spot in spots}
    reasons = _reasons(wanted.values(), known, occasion, rules)
    regions = cover([want for want, _ in reasons], rules.regions)
    scan = scan_regions(rules.regions) if memory.scan is None else memory.scan
    spare = min(rules.regions.looks_max - len(regions), SCAN_LOOKS)
    asks = [Ask(region, _most_urgent(region, reasons)) for region in regions]
    asks += [Ask(region, Urgency.RESTING) for region in scan[:spare] if region not in regions]
    asks.sort(key=lambda ask: ask.urgency)
    fresh = frozenset((*strange, *candidates))
    return Plan(tuple(asks), occasion.number, known, wanted, fresh, scan)


def settle_look(memory: LookMemory, plan: Plan, looked: Collection[Box]) -> tuple[LookMemory, Look]:
    """What became of a plan, of which these regions were looked at.

    What was shed waits as what did not fit in does, unless nothing stirs there any more: a trail
    of places that somebody left long ago would keep the detector from where he is.

    Args:
        memory: that the plan was made of.
        plan: of this frame.
        looked: regions that it asked for.
    """
    regions = tuple(ask.region for ask in plan.asks if ask.region in looked)
    shed = [ask.region for ask in plan.asks if ask.region not in looked]
    shown = tuple(s for s, want in plan.wanted.items() if is_shown_by_any(want, regions))
    overlooked = frozenset(_overlooked(plan, regions, shed))
    stale = overlooked - plan.fresh
    waiting = tuple(s for s in plan.wanted if s not in shown and s.box not in stale)
    after = LookMemory(
        {one.track.id: _last_look_after(one, regions, plan.number) for one in plan.known},
        replace(memory.spots, waiting=waiting),
        plan.scan and tuple(region for region in plan.scan if region not in regions),
    )
    look = Look(
        regions,
        tuple(_assumed(one) for one in plan.known if _is_assumed(one, regions)),
        tuple(spot.box for spot in shown),
        overlooked,
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


def _reasons(
    news: Iterable[Want], known: Sequence[_Known], occasion: Occasion, rules: CameraRules
) -> list[tuple[Want, Urgency]]:
    """Everything that this frame should show, and why."""
    absent = (want_object(box, rules.regions, weight=NEWS_WEIGHT) for box in occasion.absent)
    return [
        *((want, Urgency.NEW) for want in news),
        *((one.want, _urgency(one, occasion)) for one in known if one.turn is Turn.LOOK),
        *((want, Urgency.RESTING) for want in absent),
    ]


def _urgency(one: _Known, occasion: Occasion) -> Urgency:
    """Somebody may stand in front of what stands while something moves there."""
    if one.track.id in occasion.doubted:
        return Urgency.NEW
    is_stirred = any(one.place.overlaps(box) for box in occasion.motion)
    return Urgency.MOVING if is_stirred or not one.is_standing else Urgency.RESTING


def _most_urgent(region: Box, reasons: Sequence[tuple[Want, Urgency]]) -> Urgency:
    return min((why for want, why in reasons if is_shown(want, region)), default=Urgency.RESTING)


def _overlooked(plan: Plan, regions: Sequence[Box], shed: Sequence[Box]) -> Iterator[Box]:
    """Where something was seen last that only shed looks would have shown."""
    places = [(spot.box, want) for spot, want in plan.wanted.items()]
    places += [(k.track.detection.box, k.want) for k in plan.known if k.turn is Turn.LOOK]
    for box, want in places:
        if is_shown_by_any(want, shed) and not is_shown_by_any(want, regions):
            yield box


def _is_assumed(one: _Known, regions: Sequence[Box]) -> bool:
    """Nobody is gone because nobody looked."""
    return one.track.is_seen and (one.turn is Turn.ASSUME or not is_shown_by_any(one.want, regions))


def _assumed(one: _Known) -> Detection:
    """Where it should be by now, no larger than it was seen.

    A size that is guessed from guesses grows without end, and the largest picture is kept.
    """
    seen, place = one.track.detection.box, one.place
    width, height = min(seen.width, place.width), min(seen.height, place.height)
    x1 = place.x1 + (place.width - width) // 2
    y1 = place.y1 + (place.height - height) // 2
    return replace(one.track.detection, box=Box(x1, y1, x1 + width, y1 + height))
