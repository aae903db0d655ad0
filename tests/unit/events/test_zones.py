from __future__ import annotations

from picket.config.zones import ZoneConfig
from picket.domain.geometry import Box
from picket.events.filters import foot
from picket.events.zones import Presence, Visitor, Zone, compile_zones, step_presence

SIZE = (640, 360)
INSIDE, OUTSIDE = Box(400, 100, 440, 180), Box(100, 100, 140, 180)


def zones(**settings: object) -> tuple[Zone, ...]:
    right_half = {"coordinates": "320,0,639,0,639,359,320,359"}
    return compile_zones({"gate": ZoneConfig.model_validate(right_half | settings)}, *SIZE)


def visit(
    path: list[Box], where: tuple[Zone, ...], label: str = "person", score: float = 0.8
) -> list[Presence]:
    presence, seen = Presence(), []
    for box in path:
        presence = step_presence(presence, Visitor(label, box, foot(box, *SIZE), score), where)
        seen.append(presence)
    return seen


def inside(path: list[Box], where: tuple[Zone, ...], label: str = "person") -> list[bool]:
    return [presence.current == ("gate",) for presence in visit(path, where, label)]


def test_an_object_is_in_a_zone_from_the_third_frame_on() -> None:
    assert inside([INSIDE] * 4, zones()) == [False, False, True, True]


def test_inertia_can_be_one() -> None:
    assert inside([INSIDE], zones(inertia=1)) == [True]


def test_a_step_outside_counts_back_before_it_is_in() -> None:
    path = [INSIDE, OUTSIDE, INSIDE, INSIDE, INSIDE]
    assert inside(path, zones()) == [False, False, False, False, True]


def test_who_was_in_once_is_back_at_once() -> None:
    path = [*[INSIDE] * 3, *[OUTSIDE] * 20, INSIDE]
    assert inside(path, zones())[-2:] == [False, True]


def test_entered_zones_are_never_forgotten() -> None:
    *_, last = visit([*[INSIDE] * 3, OUTSIDE], zones())
    assert (last.current, last.entered) == ((), ("gate",))


def test_a_zone_may_admit_only_some_labels() -> None:
    assert not any(inside([INSIDE] * 5, zones(objects=["car"])))
    assert inside([INSIDE] * 3, zones(objects=["car"]), "car")[-1]


def test_zone_filters_are_asked_at_the_door() -> None:
    strict = zones(filters={"person": {"threshold": 0.85}})
    assert visit([INSIDE] * 5, strict, score=0.84)[-1].current == ()
    assert visit([INSIDE] * 5, strict, score=0.85)[-1].current == ("gate",)
    assert visit([INSIDE] * 5, zones(filters={"person": {"min_area": 3201}}))[-1].current == ()


def test_zone_filters_are_not_asked_of_who_is_in() -> None:
    strict = zones(filters={"person": {"threshold": 0.85}})
    *_, presence = visit([INSIDE] * 3, strict, score=0.9)
    weak = Visitor("person", INSIDE, foot(INSIDE, *SIZE), 0.5)
    assert step_presence(presence, weak, strict).current == ("gate",)


def test_an_object_at_the_lower_border_stands_in_a_zone_that_reaches_it() -> None:
    assert inside([Box(400, 300, 440, 360)] * 3, zones())[-1]
