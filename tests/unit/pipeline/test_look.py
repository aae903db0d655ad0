from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.domain.look import Urgency
from picket.pipeline.look import (
    SCAN_LOOKS,
    Look,
    LookMemory,
    Plan,
    note_found,
    plan_look,
    settle_look,
)
from picket.pipeline.rules import CameraRules
from picket.pipeline.spots import Barren, SpotMemory
from picket.pipeline.turns import Occasion
from picket.track.tracker import TrackState
from tests.unit.pipeline.scene import HEIGHT, WIDTH, Run, rules, square

RULES = rules()
KNOWN = LookMemory(scan=())
MOVING = Box(500, 200, 540, 240)


def plan(
    motion: Sequence[Box],
    tracks: TrackState | None = None,
    memory: LookMemory = KNOWN,
    by: CameraRules = RULES,
    number: int = 1001,
) -> tuple[LookMemory, Look]:
    occasion = Occasion(number, tuple(motion))
    return carried_out(memory, plan_look(memory, tracks or TrackState(), occasion, by))


def carried_out(memory: LookMemory, plan: Plan) -> tuple[LookMemory, Look]:
    """As if there were time for all of it."""
    return settle_look(memory, plan, [ask.region for ask in plan.asks])


def few_looks(count: int, by: CameraRules = RULES) -> CameraRules:
    return replace(by, regions=replace(by.regions, looks_max=count))


@pytest.fixture(scope="module")
def standing() -> Run:
    """A square that has stood there for a while."""
    run = Run(rules(detect={"stationary": {"threshold": 50, "interval": 1000}}))
    run.feed_all([square(300)] * 20)
    return run


def test_motion_is_looked_at() -> None:
    (region,) = plan([MOVING])[1].regions
    assert region.contains(MOVING)


def test_small_motion_far_from_anything_is_enlarged() -> None:
    tiny, large = Box(30, 30, 40, 55), Box(400, 100, 500, 340)
    sides = sorted(region.width for region in plan([tiny, large])[1].regions)
    assert sides[0] < RULES.regions.input_side <= sides[1]


def test_motion_that_a_region_mostly_shows_gets_no_region_of_its_own() -> None:
    beside = MOVING.x2 + 10, MOVING.y1, MOVING.x2 + 40, MOVING.y2
    assert len(plan([MOVING, Box(*beside)])[1].regions) == 1


def test_what_does_not_fit_in_waits_for_the_next_frame() -> None:
    far = [Box(x, y, x + 12, y + 24) for x in (20, 300, 600) for y in (20, 300)]
    memory, seen = KNOWN, list[Box]()
    by = few_looks(2)
    for number in range(1001, 1004):
        motion = far if number == 1001 else ()
        memory, look = plan(motion, memory=memory, by=by, number=number)
        assert len(look.regions) == 2
        seen += look.regions
    assert all(any(region.contains(box) for region in seen) for box in far)
    assert memory.spots.waiting == ()


def test_who_stands_needs_no_look_until_something_moves_on_it(standing: Run) -> None:
    tracks, by = standing.memory.tracks, standing.rules
    _, quiet = plan((), tracks, standing.memory.looks, by, number=21)
    assert (quiet.regions, [d.box for d in quiet.assumed]) == ((), [square(300)])
    memory, woken = plan([square(310)], tracks, standing.memory.looks, by, number=25)
    assert [region.contains(square(300)) for region in woken.regions] == [True]
    assert woken.assumed == ()
    _, after = plan([square(310)], tracks, memory, by, number=26)
    assert (after.regions, [d.box for d in after.assumed]) == ((), [square(300)])


def test_an_object_in_motion_is_expected_ahead() -> None:
    run = Run(rules())
    run.feed_all([square(100 + 20 * n) for n in range(8)])
    _, look = plan((), run.memory.tracks, run.memory.looks, run.rules, number=9)
    assert [region.contains(square(260)) for region in look.regions] == [True]


def test_who_moves_and_gets_no_look_is_assumed_ahead() -> None:
    run = Run(rules())
    run.feed_all([square(100 + 20 * n) for n in range(8)])
    none_left = few_looks(0, run.rules)
    memory, look = plan((), run.memory.tracks, run.memory.looks, none_left, number=9)
    assert [d.box.x1 > square(240).x1 for d in look.assumed] == [True]
    assert [last.looked for last in memory.last_looks.values()] == [8]


def test_who_stands_is_looked_at_while_nothing_would_show_its_leaving(standing: Run) -> None:
    unseen = Occasion(21, is_watched=False)
    memory = standing.memory
    plan = plan_look(memory.looks, memory.tracks, unseen, standing.rules)
    _, look = carried_out(memory.looks, plan)
    assert [region.contains(square(300)) for region in look.regions] == [True]


def test_a_new_scene_is_scanned_with_the_looks_that_are_left() -> None:
    memory, look = plan((), memory=LookMemory())
    assert len(look.regions) == SCAN_LOOKS
    assert look.regions[0].contains(Box(0, 0, WIDTH, HEIGHT))
    count = len(look.regions)
    while memory.scan:
        memory, look = plan((), memory=memory)
        count += len(look.regions)
    assert count == 7
    assert plan((), memory=memory)[1].regions == ()
    _, busy = plan([MOVING], memory=LookMemory(), by=few_looks(1))
    assert [region.contains(MOVING) for region in busy.regions] == [True]


def test_motion_in_which_nothing_was_found_gets_fewer_looks() -> None:
    memory, look = plan([MOVING])
    vain = note_found(memory, look, [], 1001)
    assert vain.spots == SpotMemory(barren=(Barren(MOVING, 1, 1001),))
    twice = replace(vain, spots=SpotMemory(barren=(Barren(MOVING, 2, 1001),)))
    assert plan([MOVING], memory=twice, number=1002)[1].regions == ()
    found = Detection("person", 0.8, MOVING, look.regions[0])
    assert note_found(memory, look, [found], 1001).spots == SpotMemory()


def asked(plan: Plan) -> list[Urgency]:
    return [ask.urgency for ask in plan.asks]


def test_what_is_new_is_asked_for_before_what_is_known_and_a_scan_comes_last() -> None:
    run = Run(rules())
    run.feed_all([square(100 + 20 * n) for n in range(8)])
    memory = replace(run.memory.looks, scan=None)
    occasion = Occasion(9, (MOVING,))
    plan = plan_look(memory, run.memory.tracks, occasion, run.rules)
    assert asked(plan) == [Urgency.NEW, Urgency.MOVING, Urgency.RESTING, Urgency.RESTING]
    (track,) = run.memory.events.objects
    doubted = replace(occasion, doubted=frozenset({track}))
    plan = plan_look(memory, run.memory.tracks, doubted, run.rules)
    assert asked(plan)[:2] == [Urgency.NEW, Urgency.NEW]


def test_what_stands_can_wait_unless_something_moves_in_front_of_it(standing: Run) -> None:
    memory, tracks, by = standing.memory.looks, standing.memory.tracks, standing.rules
    beat = 1 << 8
    phase = replace(by, turns=replace(by.turns, phase=0))
    assert asked(plan_look(memory, tracks, Occasion(beat), phase)) == [Urgency.RESTING]
    stirred = Occasion(25, (square(310),))
    assert asked(plan_look(memory, tracks, stirred, by)) == [Urgency.MOVING]
    absent = Occasion(25, absent=(square(500),))
    assert asked(plan_look(memory, tracks, absent, by)) == [Urgency.RESTING]


def test_what_was_shed_waits_as_long_as_it_stirs() -> None:
    number, memory = 1001, KNOWN
    for _ in range(3):
        plan = plan_look(memory, TrackState(), Occasion(number, (MOVING,)), RULES)
        memory, look = settle_look(memory, plan, [])
        assert (look.regions, look.spots) == ((), ())
        assert look.overlooked == {MOVING}
        assert [spot.since for spot in memory.spots.waiting] == [1001]
        assert note_found(memory, look, [], number) == memory, "nobody looked in vain"
        number += 1
    plan = plan_look(memory, TrackState(), Occasion(number), RULES)
    assert settle_look(memory, plan, [plan.asks[0].region])[1].spots == (MOVING,)
    assert settle_look(memory, plan, [])[0].spots.waiting == ()


def test_of_a_scan_only_what_was_looked_at_is_through() -> None:
    plan = plan_look(LookMemory(), TrackState(), Occasion(1), RULES)
    memory, look = settle_look(LookMemory(), plan, [plan.asks[1].region])
    assert look.regions == (plan.asks[1].region,)
    assert memory.scan is not None
    assert plan.scan is not None
    assert set(plan.scan) - set(memory.scan) == {plan.asks[1].region}
