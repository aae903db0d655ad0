from dataclasses import replace

import numpy as np
import pytest

from picket.domain.frame import Frame, Picture
from picket.domain.geometry import Box
from picket.domain.overlay import AttributeBox, FrameNotes, ObjectView, ShotView, SnapshotOptions
from picket.media.draw import (
    MOTION,
    REGION,
    UNSEEN,
    DrawStyle,
    Overlays,
    TimestampStyle,
    ZoneShape,
    crop_square,
    draw_timestamp,
    render_frame,
    render_snapshot,
)
from picket.media.palette import Color

GRAY = Frame(1_705_320_000.0, np.full((720 * 3 // 2, 1280), 128, np.uint8))
BOX = Box(400, 300, 500, 500)
PERSON: Color = (10, 200, 30)
STYLE = DrawStyle(
    {"person": PERSON}, (ZoneShape("porch", ((0, 0), (300, 0), (300, 300)), (9, 9, 250)),)
)
OBJECT = ObjectView(
    id="1.0-abcdef",
    camera="front",
    label="person",
    frame_time=GRAY.frame_time,
    start_time=0.0,
    end_time=None,
    score=0.8,
    top_score=0.8,
    false_positive=False,
    box=BOX,
    region=BOX,
    is_seen=True,
    stationary=False,
    motionless_count=0,
    position_changes=1,
)
SHOT = ShotView(
    GRAY.frame_time, BOX, BOX, 0.8, (AttributeBox("face", 0.7, Box(440, 310, 460, 330)),)
)


def pixels(picture: Picture, color: Color) -> int:
    return int((picture == color).all(axis=2).sum())


def at(picture: Picture, x: int, y: int) -> Color:
    blue, green, red = (int(channel) for channel in picture[y, x])
    return blue, green, red


def test_nothing_is_drawn_unless_asked() -> None:
    notes = FrameNotes(0.0, (BOX,), (BOX,), (OBJECT,))
    plain = render_frame(GRAY, notes, Overlays(), STYLE)
    assert len(np.unique(plain)) == 1


def test_boxes_have_the_colour_of_their_label_and_blue_when_unseen() -> None:
    seen = render_frame(GRAY, FrameNotes(objects=(OBJECT,)), Overlays(bounding_boxes=True), STYLE)
    assert at(seen, BOX.x1, 400) == PERSON
    hidden = replace(OBJECT, is_seen=False)
    unseen = render_frame(GRAY, FrameNotes(objects=(hidden,)), Overlays(bounding_boxes=True), STYLE)
    assert at(unseen, BOX.x1, 400) == UNSEEN
    assert pixels(unseen, PERSON) == 0


def test_who_is_hidden_is_drawn_where_he_should_be() -> None:
    hidden = replace(OBJECT, is_seen=False, hidden_box=Box(700, 300, 800, 500))
    picture = render_frame(
        GRAY, FrameNotes(objects=(hidden,)), Overlays(bounding_boxes=True), STYLE
    )
    assert at(picture, 700, 400) == UNSEEN
    assert at(picture, BOX.x1, 400) != UNSEEN


def test_motion_is_blue_and_regions_are_green() -> None:
    notes = FrameNotes(motion=(Box(10, 10, 60, 60),), regions=(Box(100, 100, 420, 420),))
    picture = render_frame(GRAY, notes, Overlays(motion=True, regions=True), STYLE)
    assert at(picture, 10, 30) == MOTION == (255, 0, 0)
    assert at(picture, 100, 200) == REGION == (0, 255, 0)


def test_a_zone_is_thicker_while_someone_is_in_it() -> None:
    inside = replace(OBJECT, current_zones=("porch",))
    empty = render_frame(GRAY, FrameNotes(), Overlays(zones=True), STYLE)
    busy = render_frame(GRAY, FrameNotes(objects=(inside,)), Overlays(zones=True), STYLE)
    color = STYLE.zones[0].color
    assert 0 < 2 * pixels(empty, color) < pixels(busy, color)


def test_the_mask_is_black() -> None:
    style = replace(STYLE, motion_mask=(((0, 0), (99, 0), (99, 99), (0, 99)),))
    assert pixels(render_frame(GRAY, FrameNotes(), Overlays(mask=True), style), (0, 0, 0)) == 10_000
    assert pixels(render_frame(GRAY, FrameNotes(), Overlays(mask=True), STYLE), (0, 0, 0)) == 0


@pytest.mark.parametrize("position", ["tl", "tr", "bl", "br"])
@pytest.mark.parametrize("effect", [None, "solid", "shadow"])
def test_the_time_is_written_into_its_corner(position: str, effect: str | None) -> None:
    picture = np.full((720, 1280, 3), 128, np.uint8)
    draw_timestamp(picture, GRAY.frame_time, TimestampStyle(position=position, effect=effect))
    ys, xs = np.nonzero((picture != 128).any(axis=2))
    assert (ys.max() < 360) == position.startswith("t")
    assert (xs.max() < 640) == position.endswith("l")
    assert len(ys) > 200


def test_a_snapshot_is_drawn_cropped_and_resized() -> None:
    plain = render_snapshot(GRAY, "person", SHOT, SnapshotOptions(), STYLE)
    assert plain.shape == (720, 1280, 3)
    assert pixels(plain, PERSON) == 0
    options = SnapshotOptions(height=270, bounding_box=True, crop=True, timestamp=True)
    drawn = render_snapshot(GRAY, "person", SHOT, options, STYLE)
    assert drawn.shape == (270, 270, 3)
    assert pixels(drawn, PERSON) > 100


def test_the_crop_is_a_square_inside_the_frame() -> None:
    assert crop_square(Box(0, 0, 10, 10), 1280, 720) == Box(0, 0, 300, 300)
    assert crop_square(Box(1200, 600, 1280, 720), 1280, 720) == Box(980, 420, 1280, 720)
    large = crop_square(Box(300, 100, 800, 500), 1280, 720)
    assert (large.width, large.height) == (548, 548)
    assert large.contains(Box(300, 100, 800, 500))


def test_the_crop_begins_at_even_pixels() -> None:
    assert crop_square(Box(401, 303, 502, 505), 1280, 720) == Box(300, 254, 600, 554)
