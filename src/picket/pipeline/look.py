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
from picket.motion.motion import Motion
from picket.pipeline.places import Place, PlaceMemory, find_places, lies_on, settle
from picket.pipeline.rules import CameraRules
from picket.pipeline.turns import Scene, Sight, Turn, is_standing, turn_of
from picket.track.tracker import TrackState, candidate_boxes, expected_boxes, living_tracks

NEWS_WEIGHT = 2
"""What is new comes before what is known; both gain by waiting."""
SCAN_LOOKS = 2
"""Looks of a frame for the first scan: all cameras begin together, and each has many to make."""


@dataclass(frozen=True, slots=True)
class LookMemory:
    """What is remembered of past looks; the empty value is the start."""

    sights: Mapping[str, Sight] = field(default_factory=dict)  # by track
    places: PlaceMemory = field(default_factory=PlaceMemory)
    scan: tuple[Box, ...] | None = None  # regions of the first scan to come; None: not begun


@dataclass(frozen=True, slots=True)
class Look:
    """The plan for one frame."""

    regions: tuple[Box, ...] = ()  # squares for the detector
    assumed: tuple[Detection, ...] = ()  # taken to be there without a look
    places: tuple[Box, ...] = ()  # that the regions show, and where nothing is known yet


@dataclass(frozen=True, slots=True)
class _Known:
    """An object, and what this frame does about it."""

    track: Track
    sight: Sight
    turn: Turn
    is_standing: bool
    place: Box  # where it should be by now, inside the frame
    want: Want


def plan_look(
    memory: LookMemory, tracks: TrackState, motion: Motion, number: int, rules: CameraRules
) -> tuple[LookMemory, Look]:
    """Where to look in this frame.

    What does not fit into the looks of one frame waits, and is more urgent in the next. Until the
    scene has been seen as a whole, the looks that are left go there.

    Args:
        memory: as handed back for the frame before.
        tracks: as the frame before left them.
        motion: of this frame; while it calibrates it neither wakes nor guides.
        number: of this frame, one more than of the frame before.
        rules: of the camera.
    """
    scene = _scene(motion, number, rules)
    known = _known(memory, tracks, scene, rules)
    strange = [box for box in scene.motion if not _is_explained(box, known)]
    places = find_places(memory.places, strange, candidate_boxes(tracks), number)
    wants = {place: _want_place(place, scene, rules) for place in places}
    due = [one.want for one in known if one.turn is Turn.LOOK]
    regions = cover([*wants.values(), *due], rules.regions)
    shown = tuple(place for place, want in wants.items() if is_shown_by_any(want, regions))
    scan = scan_regions(rules.regions) if memory.scan is None else memory.scan
    spare = min(rules.regions.looks_max - len(regions), SCAN_LOOKS)
    after = LookMemory(
        {one.track.id: _sight_after(one, regions, number) for one in known},
        replace(memory.places, waiting=tuple(p for p in places if p not in shown)),
        scan[spare:],
    )
    look = Look(
        tuple(dict.fromkeys((*regions, *scan[:spare]))),
        tuple(_assumed(one) for one in known if _is_assumed(one, regions)),
        tuple(place.box for place in shown),
    )
    return after, look


def note_found(
    memory: LookMemory, look: Look, found: Sequence[Detection], number: int
) -> LookMemory:
    """What frame `number` found where it looked; the next plan knows where looks are vain."""
    barren = settle(memory.places.barren, look.places, [d.box for d in found], number)
    return replace(memory, places=replace(memory.places, barren=barren))


def _scene(motion: Motion, number: int, rules: CameraRules) -> Scene:
    if motion.is_calibrating or not rules.switches.motion:
        return Scene(number, is_watched=False)
    return Scene(number, motion.boxes)


def _known(
    memory: LookMemory, tracks: TrackState, scene: Scene, rules: CameraRules
) -> tuple[_Known, ...]:
    expected = expected_boxes(tracks)
    return tuple(
        _know(track, memory.sights.get(track.id), expected[track.id], scene, rules)
        for track in living_tracks(tracks)
    )


def _know(
    track: Track, sight: Sight | None, expected: Box, scene: Scene, rules: CameraRules
) -> _Known:
    before = scene.number - 1
    sight = sight or Sight(looked=before, found=before)
    if track.is_seen:
        sight = replace(sight, found=before)
    stands = is_standing(track, scene, rules.turns)
    ahead = None if stands else expected.clipped(rules.width, rules.height)
    place = ahead or track.detection.box
    want = want_object(place, rules.regions, weight=scene.number - sight.looked)
    return _Known(track, sight, turn_of(track, sight, scene, rules.turns), stands, place, want)


def _is_explained(motion: Box, known: Sequence[_Known]) -> bool:
    """Whether it lies on an object that stands, or on one that is looked at anyway."""
    return any(
        lies_on(motion, one.place if one.is_standing else one.want.box)
        for one in known
        if one.is_standing or one.turn is Turn.LOOK
    )


def _want_place(place: Place, scene: Scene, rules: CameraRules) -> Want:
    weight = NEWS_WEIGHT + scene.number - place.since
    return want_motion(place.box, scene.motion, rules.grid, rules.regions, weight=weight)


def _sight_after(one: _Known, regions: Sequence[Box], number: int) -> Sight:
    was_looked_at = one.turn is not Turn.ASSUME and is_shown_by_any(one.want, regions)
    return replace(one.sight, looked=number) if was_looked_at else one.sight


def _is_assumed(one: _Known, regions: Sequence[Box]) -> bool:
    """Nobody is gone because nobody looked."""
    return one.track.is_seen and (one.turn is Turn.ASSUME or not is_shown_by_any(one.want, regions))


def _assumed(one: _Known) -> Detection:
    return replace(one.track.detection, box=one.place)
