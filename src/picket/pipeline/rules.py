"""Everything the configuration says about analysing one camera, compiled once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from zlib import crc32

from picket.config.camera import CameraConfig
from picket.detect.regions import RegionRules
from picket.domain.region_grid import RegionGrid
from picket.domain.status import ModelInfo
from picket.domain.suppression import Suppression
from picket.events.quieting import compile_mistakes
from picket.events.rules import DetectorFacts, EventRules, compile_events
from picket.motion.rules import MotionRules, compile_motion
from picket.pipeline.turns import TurnRules
from picket.track.rules import TrackRules, compile_tracking

SURPLUS_CELLS = 4
"""Motion is found in a small copy, blurred and grown by a pixel: a box is so many of its pixels
higher than what moves."""
DEFAULT_REGION_SIDE = 320
"""For detectors that take crops of any size."""


@dataclass(frozen=True, slots=True)
class Switches:
    """What is looked for."""

    detect: bool = True
    motion: bool = True


@dataclass(frozen=True, slots=True)
class DetectorInUse:
    """Which detector answers, as far as rules and events care."""

    type: str  # backend, such as "onnx"
    model: ModelInfo


@dataclass(frozen=True, slots=True, eq=False)
class CameraRules:
    """The rules of all rooms for one camera and one frame size."""

    width: int  # pixels of the detect stream
    height: int
    switches: Switches
    motion: MotionRules
    regions: RegionRules
    grid: RegionGrid  # replace it when it was learned anew
    track: TrackRules
    turns: TurnRules
    events: EventRules
    may_turn: bool = False  # the camera follows objects, so that its picture moves


def compile_rules(
    config: CameraConfig,
    width: int,
    height: int,
    detector: DetectorInUse | None = None,
    grid: RegionGrid | None = None,
) -> CameraRules:
    """The rules of a camera whose frames have this size in pixels.

    Args:
        config: with global sections merged in and derived values filled in.
        width: of the detect stream.
        height: of the detect stream.
        detector: None while none has reported yet; compile again when it has.
        grid: what past objects taught; None when nothing is known.

    Raises: ValueError when a mask or zone is not a polygon.
    """
    motion = compile_motion(config.motion, width, height)
    regions = region_rules(width, height, detector.model if detector else None)
    return CameraRules(
        width=width,
        height=height,
        switches=Switches(config.detect.enabled, config.motion.enabled),
        motion=motion,
        regions=replace(regions, motion_surplus_px=SURPLUS_CELLS * height / motion.height),
        grid=grid or RegionGrid(),
        track=compile_tracking(config.detect),
        turns=turn_rules(config),
        events=compile_events(config, width, height, _facts(detector)),
        may_turn=bool(config.onvif.host and config.onvif.autotracking.enabled_in_config),
    )


def away_rules(rules: CameraRules) -> CameraRules:
    """While the camera looks elsewhere: places in its picture at home mean nothing there."""
    return replace(rules, events=replace(rules.events, zones=(), mistakes=()))


def with_suppressions(rules: CameraRules, suppressions: Iterable[Suppression]) -> CameraRules:
    """The rules that leave untold what users called false; those of other cameras do not count."""
    events = rules.events
    mistakes = compile_mistakes(suppressions, events.camera, rules.width, rules.height)
    return replace(rules, events=replace(events, mistakes=mistakes))


def turn_rules(config: CameraConfig) -> TurnRules:
    """When a camera looks at what stands still; the phase is drawn from its name."""
    stationary = config.detect.stationary
    return TurnRules(
        calm_frames=min(config.detect.fps, stationary.threshold),
        stationary_frames=stationary.threshold,
        interval=stationary.interval,
        phase=crc32(config.name.encode()) % stationary.interval,
    )


def region_rules(width: int, height: int, model: ModelInfo | None) -> RegionRules:
    """How a model looks at frames of this size in pixels; None while no model is loaded."""
    if model is None:
        return RegionRules(width, height, DEFAULT_REGION_SIDE)
    side = max(model.width, model.height) or DEFAULT_REGION_SIDE
    return RegionRules(width, height, side, model.object_room, model.least_height_px)


def _facts(detector: DetectorInUse | None) -> DetectorFacts:
    if detector is None:
        return DetectorFacts()
    return DetectorFacts(detector.type, detector.model.type, detector.model.md5 or None)
