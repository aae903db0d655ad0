from __future__ import annotations

from dataclasses import replace

from picket.domain.event import Moment
from picket.domain.overlay import ObjectView
from picket.events.memory import ObjectMemory, show
from picket.events.timeline import find_moment, note_moment
from tests.unit.events.build import rules, track

RULES = rules()


def view(**changes: object) -> ObjectView:
    plain = show(ObjectMemory(track(), (0.8,)), RULES)
    return replace(plain, **changes)  # type: ignore[arg-type]


STILL = view()
IN_ZONE = view(current_zones=("gate",), entered_zones=("gate",))


def test_nothing_new_is_no_moment() -> None:
    assert find_moment(STILL, STILL) is None


def test_entering_a_zone_is_a_moment_and_leaving_is_none() -> None:
    assert find_moment(STILL, IN_ZONE) is Moment.ENTERED_ZONE
    assert find_moment(IN_ZONE, STILL) is None


def test_a_stationary_object_enters_no_zone() -> None:
    assert find_moment(STILL, replace(IN_ZONE, stationary=True)) is Moment.STATIONARY


def test_standing_still_and_moving_again_are_moments() -> None:
    standing = view(stationary=True)
    assert find_moment(STILL, standing) is Moment.STATIONARY
    assert find_moment(standing, STILL) is Moment.ACTIVE


def test_only_the_first_attribute_is_a_moment() -> None:
    face = view(attributes=(("face", 0.8),))
    assert find_moment(STILL, face) is Moment.ATTRIBUTE
    assert find_moment(face, view(attributes=(("face", 0.8), ("amazon", 0.7)))) is None


def test_an_entry_has_relative_boxes_and_only_the_extras_of_its_kind() -> None:
    both = view(current_zones=("gate",), attributes=(("face", 0.8),))
    zone = note_moment(both, Moment.ENTERED_ZONE, 1001.0, RULES)
    assert (zone.zones, zone.attribute) == (("gate",), "")
    assert zone.box == (100 / 640, 100 / 360, 40 / 640, 80 / 360)
    assert (zone.timestamp, zone.camera, zone.source_id) == (1001.0, "yard", "1000.0-abcdef")
    attribute = note_moment(both, Moment.ATTRIBUTE, 1001.0, RULES)
    assert (attribute.zones, attribute.attribute) == ((), "face")
