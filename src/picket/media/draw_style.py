"""Colours, zones, masks and time stamps of a camera's pictures, from the configuration."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from picket.config.camera import CameraConfig
from picket.config.coordinates import resolve_polygons
from picket.config.root import Config
from picket.media.draw import DrawStyle, TimestampStyle, ZoneShape
from picket.media.palette import assign_colors


def draw_style(config: Config, camera: str, width: int, height: int) -> DrawStyle:
    """How pictures of a camera are drawn, for a detect stream of this size in pixels."""
    settings = config.cameras[camera]
    return DrawStyle(
        label_colors=assign_colors(sorted(_labels(config))),
        zones=_zones(settings, width, height),
        motion_mask=resolve_polygons(settings.motion.mask, width, height),
        timestamp=_timestamp(settings, local_zone(config)),
    )


def local_zone(config: Config) -> tzinfo:
    """The zone in which times are shown: the configured one, else the machine's."""
    if config.ui.timezone:
        return ZoneInfo(config.ui.timezone)
    return datetime.now(UTC).astimezone().tzinfo or UTC


def _labels(config: Config) -> set[str]:
    labels = set(config.objects.track)
    for camera in config.cameras.values():
        labels |= set(camera.objects.track)
    return labels


def _zones(camera: CameraConfig, width: int, height: int) -> tuple[ZoneShape, ...]:
    colors = assign_colors(camera.zones)
    return tuple(
        ZoneShape(name, polygon, colors[name])
        for name, zone in camera.zones.items()
        for polygon in resolve_polygons(zone.coordinates, width, height)
    )


def _timestamp(camera: CameraConfig, zone: tzinfo) -> TimestampStyle:
    style = camera.timestamp_style
    return TimestampStyle(
        position=style.position,
        format=style.format,
        color=(style.color.blue, style.color.green, style.color.red),
        thickness=style.thickness,
        effect=style.effect,
        timezone=zone,
    )
