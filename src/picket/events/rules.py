"""The event settings of one camera, compiled once for one frame size."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from picket.config.camera import CameraConfig
from picket.events.filters import ObjectFilter, compile_filters
from picket.events.quieting import KnownMistake
from picket.events.zones import Zone, compile_zones


@dataclass(frozen=True, slots=True)
class KeepRule:
    """When footage or a picture of an object is worth keeping."""

    is_enabled: bool
    required_zones: frozenset[str] = frozenset()  # empty: wherever it was
    labels: frozenset[str] | None = None  # None: whatever it is

    def wants(self, label: str, entered_zones: Collection[str]) -> bool:
        """Whether an object of this label that was in these zones is kept."""
        return (
            self.is_enabled
            and (self.labels is None or label in self.labels)
            and (not self.required_zones or not self.required_zones.isdisjoint(entered_zones))
        )


@dataclass(frozen=True, slots=True)
class DetectorFacts:
    """Which detector made the detections; written into every event."""

    detector_type: str | None = None
    model_type: str | None = None
    model_hash: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class EventRules:
    """What turns tracks into events."""

    camera: str
    width: int  # pixels of the detect stream
    height: int
    filters: Mapping[str, ObjectFilter]  # by tracked label
    zones: tuple[Zone, ...]
    stationary_threshold: int  # frames without a move
    clip: KeepRule
    snapshot: KeepRule
    picture: KeepRule  # what a broker is shown
    picture_timeout_s: float  # after which any newer picture is better
    pre_capture_s: float
    post_capture_s: float
    facts: DetectorFacts
    mistakes: tuple[KnownMistake, ...] = ()  # what users called false


def compile_events(
    config: CameraConfig, width: int, height: int, facts: DetectorFacts
) -> EventRules:
    """The rules for frames of this size, in pixels of the detect stream."""
    events = config.record.events
    return EventRules(
        camera=config.name,
        width=width,
        height=height,
        filters=compile_filters(config.objects, width, height),
        zones=compile_zones(config.zones, width, height),
        stationary_threshold=config.detect.stationary.threshold,
        clip=KeepRule(
            config.record.enabled,
            frozenset(events.required_zones),
            None if events.objects is None else frozenset(events.objects),
        ),
        snapshot=KeepRule(config.snapshots.enabled, frozenset(config.snapshots.required_zones)),
        picture=KeepRule(config.mqtt.enabled, frozenset(config.mqtt.required_zones)),
        picture_timeout_s=config.best_image_timeout,
        pre_capture_s=events.pre_capture,
        post_capture_s=events.post_capture,
        facts=facts,
    )
