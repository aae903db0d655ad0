from __future__ import annotations

from dataclasses import replace

from picket.detect.regions import (
    RegionRules,
    find_clusters,
    frame_region,
    is_resting,
    motion_regions,
    object_regions,
    region_of,
)
from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.domain.track import Track

RULES = RegionRules(1280, 720, min_side=320)


def test_a_region_is_a_square_around_its_box() -> None:
    assert region_of(Box(600, 300, 800, 400), 2.0, RULES) == Box(500, 150, 900, 550)


def test_the_side_is_a_multiple_of_four() -> None:
    assert region_of(Box(0, 0, 333, 100), 1.0, RULES).width == 332


def test_a_small_box_gets_the_smallest_region() -> None:
    assert region_of(Box(640, 360, 650, 370), 1.2, RULES).width == 320


def test_a_region_is_moved_into_the_frame() -> None:
    assert region_of(Box(1270, 0, 1280, 10), 1.2, RULES) == Box(960, 0, 1280, 320)


def test_a_region_larger_than_the_frame_sticks_out_below() -> None:
    assert frame_region(RULES) == Box(0, 0, 1280, 1280)


def test_no_region_is_larger_than_the_frame() -> None:
    assert region_of(Box(100, 0, 1200, 700), 2.0, RULES) == Box(0, 0, 1280, 1280)


def test_near_boxes_share_a_region() -> None:
    boxes = [Box(100, 100, 140, 180), Box(180, 120, 220, 200)]
    (region,) = object_regions(boxes, RULES)
    assert all(region.contains(box) for box in boxes)


def test_far_boxes_have_regions_of_their_own() -> None:
    assert len(object_regions([Box(0, 0, 40, 80), Box(1200, 600, 1240, 680)], RULES)) == 2


def test_a_box_that_would_become_too_small_stays_alone() -> None:
    large, tiny = Box(400, 100, 800, 500), Box(850, 300, 860, 310)
    assert find_clusters([large, tiny], RULES) == [[large], [tiny]]


def test_small_boxes_may_share_the_smallest_region() -> None:
    near = [Box(400, 300, 410, 310), Box(500, 300, 510, 310)]
    assert find_clusters(near, RULES) == [near]


def test_a_model_that_wants_surroundings_gets_wider_regions_around_objects_alone() -> None:
    wide = replace(RULES, object_room=2.0)
    box = Box(600, 300, 700, 500)
    assert object_regions([box], RULES) == (region_of(box, 1.0, RULES),)  # 240 are less than 320
    assert object_regions([box], wide) == (region_of(box, 2.0, wide),)
    assert motion_regions([box], [], wide) == motion_regions([box], [], RULES)


def test_motion_that_a_region_shows_gets_no_region_of_its_own() -> None:
    shown, elsewhere = Box(100, 100, 140, 140), Box(900, 500, 940, 540)
    (region,) = motion_regions([shown, elsewhere], [Box(0, 0, 320, 320)], RULES)
    assert region.contains(elsewhere)


def test_regions_around_motion_leave_room_for_the_rest_of_the_object() -> None:
    (region,) = motion_regions([Box(400, 200, 600, 400)], [], RULES)
    assert region.width == 400


def resting(*, motionless_count: int = 50, is_seen: bool = True) -> Track:
    detection = Detection("car", 0.9, Box(100, 100, 200, 160), Box(0, 0, 320, 320))
    return Track("1.0-abcdef", "car", 1.0, 9.0, detection, is_seen, motionless_count, 1)


def test_an_object_that_stands_still_is_resting() -> None:
    assert is_resting(resting(), [Box(500, 500, 520, 520)], threshold_frames=50)


def test_motion_where_it_stands_wakes_an_object() -> None:
    assert not is_resting(resting(), [Box(190, 150, 260, 200)], threshold_frames=50)


def test_who_only_just_stopped_or_was_not_seen_is_not_resting() -> None:
    assert not is_resting(resting(motionless_count=49), [], threshold_frames=50)
    assert not is_resting(resting(is_seen=False), [], threshold_frames=50)
    assert not is_resting(replace(resting(), unsure_count=1), [], threshold_frames=50)
