"""What was found, drawn over pictures: debug overlays, snapshots and thumbnails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

import cv2
import numpy as np

from picket.domain.frame import Frame, Picture
from picket.domain.geometry import Box, Polygon
from picket.domain.overlay import AttributeBox, FrameNotes, ObjectView, ShotView, SnapshotOptions
from picket.media.jpeg import crop, resize_to_height, to_picture
from picket.media.palette import Color

THUMBNAIL_HEIGHT_PX = 175
CROP_FACTOR = 1.1
MIN_CROP_PX = 300

UNSEEN: Color = (255, 0, 0)
REGION: Color = (0, 255, 0)
MOTION: Color = (255, 0, 0)
SHADOW: Color = (12, 12, 12)
OTHER: Color = (255, 255, 255)
"""For labels that the style does not know."""

_FONT = cv2.FONT_HERSHEY_SIMPLEX


@dataclass(frozen=True, slots=True)
class TimestampStyle:
    """How the time is written into a corner."""

    position: str = "tl"  # "tl", "tr", "bl" or "br"
    format: str = "%m/%d/%Y %H:%M:%S"  # as of strftime
    color: Color = (255, 255, 255)  # BGR
    thickness: int = 2
    effect: str | None = None  # "solid": on a filled box; "shadow": with a dark shadow
    timezone: tzinfo = UTC


@dataclass(frozen=True, slots=True)
class ZoneShape:
    """A zone as it is drawn."""

    name: str
    polygon: Polygon
    color: Color


@dataclass(frozen=True, slots=True)
class DrawStyle:
    """What one camera's pictures look like; made once from the configuration."""

    label_colors: Mapping[str, Color] = field(default_factory=dict)
    zones: tuple[ZoneShape, ...] = ()
    motion_mask: tuple[Polygon, ...] = ()
    timestamp: TimestampStyle = TimestampStyle()

    def color_of(self, label: str) -> Color:
        """The label's colour, white when it has none."""
        return self.label_colors.get(label, OTHER)


@dataclass(frozen=True, slots=True)
class Overlays:
    """Which debug overlays are wanted; the switches of the image endpoints."""

    bounding_boxes: bool = False
    timestamp: bool = False
    zones: bool = False
    mask: bool = False
    motion: bool = False
    regions: bool = False


def render_frame(frame: Frame, notes: FrameNotes, overlays: Overlays, style: DrawStyle) -> Picture:
    """A frame with its notes drawn over it, in the size of the detect stream, BGR."""
    picture = to_picture(frame)
    if overlays.bounding_boxes:
        for found in notes.objects:
            _draw_object(picture, found, style)
    if overlays.regions:
        _draw_boxes(picture, notes.regions, REGION)
    if overlays.zones:
        _draw_zones(picture, notes, style)
    if overlays.mask:
        cv2.fillPoly(picture, _contours(style.motion_mask), (0, 0, 0))
    if overlays.motion:
        _draw_boxes(picture, notes.motion, MOTION)
    if overlays.timestamp:
        draw_timestamp(picture, frame.frame_time, style.timestamp)
    return picture


def render_snapshot(
    frame: Frame, label: str, shot: ShotView, options: SnapshotOptions, style: DrawStyle
) -> Picture:
    """The best picture of an object as the options want it, BGR.

    Boxes are drawn first, then it is cropped and resized, and the time is written last, so that
    it is readable in every size.
    """
    picture = to_picture(frame)
    if options.bounding_box:
        color = style.color_of(label)
        text = f"{round(shot.score * 100)}% {shot.box.area}"
        draw_labelled_box(picture, shot.box, text, color)
        _draw_attributes(picture, shot.attributes, color)
    if options.crop:
        picture = crop(picture, crop_square(shot.box, frame.width, frame.height))
    if options.height is not None:
        picture = resize_to_height(picture, options.height)
    if options.timestamp:
        draw_timestamp(picture, shot.frame_time, style.timestamp)
    return picture


def crop_square(box: Box, width: int, height: int) -> Box:
    """The square to show for an object: a tenth larger than it, moved to lie inside the frame.

    It begins at an even pixel, because two of them share their colour. A square larger than the
    frame begins at the frame's edge and sticks out on the other side.
    """
    side = max(int(max(box.width, box.height) * CROP_FACTOR) // 4 * 4, MIN_CROP_PX)
    center_x, center_y = box.center
    x = max(min(int(center_x - side / 2), width - side), 0) // 2 * 2
    y = max(min(int(center_y - side / 2), height - side), 0) // 2 * 2
    return Box(x, y, x + side, y + side)


def draw_labelled_box(
    picture: Picture, box: Box, text: str, color: Color, thickness: int = 2
) -> None:
    """Draw a rectangle and its text on a filled strip above it, or below it at the upper edge."""
    cv2.rectangle(picture, (box.x1, box.y1), (box.x2, box.y2), color, thickness)
    (text_width, text_height), baseline = cv2.getTextSize(text, _FONT, 0.5, 1)
    strip = text_height + baseline + 4
    top = box.y1 - strip if box.y1 >= strip else box.y2
    left = max(min(box.x1, picture.shape[1] - text_width - 4), 0)
    cv2.rectangle(picture, (left, top), (left + text_width + 4, top + strip), color, cv2.FILLED)
    ink = (0, 0, 0) if sum(color) > 3 * 96 else (255, 255, 255)
    cv2.putText(picture, text, (left + 2, top + text_height + 2), _FONT, 0.5, ink, 1, cv2.LINE_AA)


def draw_timestamp(picture: Picture, time: float, style: TimestampStyle) -> None:
    """Write the time into a corner; the letters grow with the picture."""
    text = datetime.fromtimestamp(time, style.timezone).strftime(style.format)
    height, width = picture.shape[:2]
    scale = max(height / 720, 0.35)
    (text_width, text_height), baseline = cv2.getTextSize(text, _FONT, scale, style.thickness)
    margin = max(round(10 * scale), 2)
    x = margin if style.position.endswith("l") else width - text_width - margin
    top = style.position.startswith("t")
    y = margin + text_height if top else height - margin - baseline
    if style.effect == "solid":
        ink = (0, 0, 0) if sum(style.color) > 3 * 127 else (255, 255, 255)
        corners = (x - 2, y - text_height - 2), (x + text_width + 2, y + baseline)
        cv2.rectangle(picture, *corners, style.color, cv2.FILLED)
    else:
        ink = style.color
    if style.effect == "shadow":
        cv2.putText(
            picture, text, (x + 1, y + 1), _FONT, scale, SHADOW, style.thickness, cv2.LINE_AA
        )
    cv2.putText(picture, text, (x, y), _FONT, scale, ink, style.thickness, cv2.LINE_AA)


def _draw_object(picture: Picture, found: ObjectView, style: DrawStyle) -> None:
    color = style.color_of(found.label) if found.is_seen else UNSEEN
    name = found.sub_label[0] if found.sub_label else ""
    shown = name if name and name.isascii() and name.isprintable() else found.label
    text = f"{shown}: {round(found.score * 100)}% {found.box.area}"
    box = found.hidden_box or found.box
    draw_labelled_box(picture, box, text, color, 2 if found.is_seen else 1)
    _draw_attributes(picture, found.current_attributes, color)


def _draw_attributes(picture: Picture, attributes: tuple[AttributeBox, ...], color: Color) -> None:
    for part in attributes:
        draw_labelled_box(picture, part.box, f"{part.label}: {round(part.score * 100)}%", color)


def _draw_boxes(picture: Picture, boxes: tuple[Box, ...], color: Color) -> None:
    for box in boxes:
        cv2.rectangle(picture, (box.x1, box.y1), (box.x2, box.y2), color, 2)


def _draw_zones(picture: Picture, notes: FrameNotes, style: DrawStyle) -> None:
    occupied = {zone for found in notes.objects for zone in found.current_zones}
    for zone in style.zones:
        thickness = 8 if zone.name in occupied else 2
        cv2.polylines(picture, _contours((zone.polygon,)), True, zone.color, thickness)  # noqa: FBT003


def _contours(
    polygons: tuple[Polygon, ...],
) -> list[np.ndarray[tuple[int, ...], np.dtype[np.int32]]]:
    return [np.array(polygon, np.int32) for polygon in polygons]
