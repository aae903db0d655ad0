from __future__ import annotations

from picket.detect.region_grid import grid_from_boxes
from picket.domain.geometry import Box
from picket.motion.motion import Motion
from picket.pipeline.look import plan_look
from picket.pipeline.rules import compile_rules
from picket.track.tracker import TrackState
from tests.unit.pipeline.scene import HEIGHT, WIDTH, Run, camera, rules, square

RULES = rules()
SMALL_MODEL = compile_rules(camera(), 1280, 720)


def test_motion_is_looked_at() -> None:
    moving = Box(500, 200, 540, 240)
    look = plan_look(TrackState(), Motion((moving,)), RULES, is_recheck=False, is_scan=False)
    assert len(look.regions) == 1
    assert look.regions[0].contains(moving)


def test_motion_guides_nobody_while_it_calibrates() -> None:
    motion = Motion((Box(500, 200, 540, 240),), is_calibrating=True)
    look = plan_look(TrackState(), motion, RULES, is_recheck=False, is_scan=False)
    assert look.regions == ()


def test_a_resting_object_needs_no_look_until_something_moves_there() -> None:
    run = Run(rules(detect={"stationary": {"threshold": 5, "interval": 100}}))
    run.feed_all([square(300)] * 12)
    tracks = run.memory.tracks
    quiet = plan_look(tracks, Motion(), run.rules, is_recheck=False, is_scan=False)
    assert (quiet.regions, [d.box for d in quiet.resting]) == ((), [square(300)])
    stirred = Motion((square(320),))
    for look in (
        plan_look(tracks, stirred, run.rules, is_recheck=False, is_scan=False),
        plan_look(tracks, Motion(), run.rules, is_recheck=True, is_scan=False),
    ):
        assert look.resting == ()
        assert any(region.contains(square(300)) for region in look.regions)


def test_a_scan_prefers_the_places_where_objects_were() -> None:
    grid = grid_from_boxes([(0.1, 0.1, 0.05, 0.1)], SMALL_MODEL.regions)
    learned = compile_rules(camera(), 1280, 720, grid=grid)
    look = plan_look(TrackState(), Motion(), learned, is_recheck=False, is_scan=True)
    assert look.regions == (Box(80, 0, 400, 320),)


def test_a_scan_without_experience_shows_the_whole_frame() -> None:
    look = plan_look(TrackState(), Motion(), RULES, is_recheck=False, is_scan=True)
    assert [region.contains(Box(0, 0, WIDTH, HEIGHT)) for region in look.regions] == [True]
