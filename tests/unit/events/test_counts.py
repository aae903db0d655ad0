from __future__ import annotations

from picket.domain.geometry import Box
from picket.events.counts import all_views, best_shot, count_active, count_labels, count_zones
from tests.unit.events.build import KEPT, Life, rules, track

ZONED = rules(**KEPT, zones={"home": {"coordinates": "0,0,320,0,320,359,0,359", "inertia": 1}})


def test_only_believed_objects_are_counted() -> None:
    life = Life(ZONED)
    life.see(track())
    assert (count_labels(life.state), count_zones(life.state), count_active(life.state)) == (
        {},
        {},
        0,
    )
    assert len(all_views(life.state, life.rules)) == 1
    life.see(track(time=life.time))
    assert count_labels(life.state) == {"person": 1}
    assert count_zones(life.state) == {"home": {"person": 1}}
    assert count_active(life.state) == 1


def test_an_object_that_left_a_zone_is_not_counted_there() -> None:
    life = Life(ZONED)
    life.be_believed()
    life.see(track(Box(400, 100, 440, 180), time=life.time))
    assert count_zones(life.state) == {}


def test_an_object_that_stands_is_not_active() -> None:
    life = Life()
    life.be_believed()
    life.see(track(motionless_count=1, time=life.time))
    assert count_active(life.state) == 0


def test_the_best_shot_of_a_running_object_is_at_hand() -> None:
    life = Life()
    life.be_believed()
    shot = best_shot(life.state, track().id)
    assert shot is not None
    assert shot.view.box == track().detection.box
    assert best_shot(life.state, "unknown") is None
