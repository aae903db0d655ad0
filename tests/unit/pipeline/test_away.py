"""A picture that turns is no news: not what stands at home, nor what stands elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from picket.domain.gaze import View
from picket.domain.geometry import Box
from picket.domain.resident import Whereabouts
from picket.ipc.messages import Change
from picket.pipeline.residents import show_residents
from tests.unit.pipeline.street import HEIGHT, SPOT, WIDTH, Thing
from tests.unit.pipeline.turning_street import TurningStreet

CAR = Thing(1)
FAR_CAR = Thing(2, Box(440, 120, 490, 150))
HOME_S = 5.0  # until a camera that is back is believed to be
BEYOND = 320, 0
"""Nothing of home is seen from there."""


@pytest.fixture
def street() -> TurningStreet:
    """A car came to rest at home and was told."""
    street = TurningStreet()
    street.watch(CAR, seconds=6.0)
    assert (street.news, street.ends) == (1, 0)
    return street


def walker(x: int, y: int = 60) -> Thing:
    return Thing(9, Box(x, y, x + 24, y + 60), "person")


def whereabouts(street: TurningStreet) -> list[Whereabouts]:
    return [one.whereabouts for one in show_residents(street.memory.residents, WIDTH, HEIGHT)]


def come_back(street: TurningStreet, *things: Thing) -> None:
    street.turn_to(0, 0, things)
    street.hear(is_home=True)
    street.watch(*things, seconds=HOME_S)
    assert street.memory.gaze.view is View.HOME


@settings(max_examples=8, deadline=None)
@given(left=st.integers(-280, 280), top=st.integers(-140, 140), seconds=st.integers(0, 20))
def test_a_look_elsewhere_tells_nothing_of_a_parked_car(left: int, top: int, seconds: int) -> None:
    street = TurningStreet()
    street.watch(CAR, seconds=6.0)
    street.turn_to(left, top, [CAR])
    street.watch(CAR, seconds=seconds)
    come_back(street, CAR)
    assert (street.news, street.ends) == (1, 0)
    assert whereabouts(street) == [Whereabouts.STANDING]


@settings(max_examples=8, deadline=None)
@given(closer=st.floats(1.1, 2.5), seconds=st.integers(0, 20))
def test_a_zoom_makes_no_event_and_ends_none(closer: float, seconds: int) -> None:
    street = TurningStreet()
    street.watch(CAR, seconds=6.0)
    street.zoom_to(closer, [CAR, FAR_CAR])
    street.watch(CAR, FAR_CAR, seconds=seconds)
    glance = street.glance()
    assert glance is not None
    assert glance.enlarged == pytest.approx(closer, rel=0.05)
    street.zoom_to(1.0, [CAR, FAR_CAR])
    come_back(street, CAR)
    assert (street.news, street.ends) == (1, 0)
    assert whereabouts(street) == [Whereabouts.STANDING]


def test_its_event_goes_on_while_nobody_can_see_it(street: TurningStreet) -> None:
    street.turn_to(*BEYOND, [CAR])
    street.watch(CAR, seconds=90)
    assert street.counted == {"car": 1}
    come_back(street, CAR)
    assert (street.news, street.ends) == (1, 0)


def test_a_car_that_left_meanwhile_is_found_to_be_gone(street: TurningStreet) -> None:
    street.turn_to(*BEYOND, [CAR])
    come_back(street)
    street.watch(seconds=30)
    assert street.ends == 1


def test_what_stands_elsewhere_is_no_news(street: TurningStreet) -> None:
    both = (CAR, FAR_CAR)
    street.turn_to(*BEYOND, both)
    street.watch(*both, seconds=20)
    street.turn_to(200, 40, both)
    street.watch(*both, seconds=20)
    come_back(street, *both)
    assert (street.news, street.ends) == (1, 0)


def test_who_walks_elsewhere_is_news(street: TurningStreet) -> None:
    street.turn_to(*BEYOND, [CAR])
    for x in range(340, 600, 8):
        street.show(CAR, walker(x))
    assert [one.after.label for one in street.changes(Change.NEW)] == ["car", "person"]


def test_a_walker_stays_himself_while_the_camera_follows(street: TurningStreet) -> None:
    x = 60
    for _ in range(20):
        x += 8
        street.show(CAR, walker(x))
    assert street.news == 2
    street.hear(is_home=False)
    for _ in range(30):
        x += 8
        street.left += 8 if x % 3 else 30
        street.left = min(street.left, x)
        street.show(CAR, walker(x))
    assert [one.after.label for one in street.changes(Change.NEW)] == ["car", "person"]
    assert street.counted["person"] == 1
    glance = street.glance()
    assert glance is not None
    (person,) = [one for one in glance.targets if one.label == "person"]
    assert person.is_sure


def test_while_the_picture_turns_nothing_in_it_counts_as_motion(street: TurningStreet) -> None:
    street.hear(is_home=False)
    for left in range(0, 320, 32):
        street.left = left
        street.show(CAR)
        assert street.last is not None
        assert street.last.notes.motion == () or left == 0
    street.watch(CAR, seconds=2)
    for x in range(360, 440, 10):
        street.show(CAR, walker(x))
    assert street.last is not None
    assert street.last.notes.motion != ()


def test_zones_are_at_home(street: TurningStreet) -> None:
    assert street.changes(Change.NEW)[0].after.current_zones in ((), ("all",))
    street.turn_to(40, 0, [CAR])
    street.watch(CAR, seconds=2)
    assert street.last is not None
    (car,) = street.last.notes.objects
    assert car.current_zones == ()
    assert car.entered_zones == ("all",)


def test_a_resident_that_a_restart_left_is_no_news_after_a_turn(street: TurningStreet) -> None:
    street.restart()
    street.watch(CAR, seconds=4)
    street.turn_to(*BEYOND, [CAR])
    street.watch(CAR, seconds=10)
    come_back(street, CAR)
    assert street.news == 1


def test_a_camera_that_stays_at_home_is_a_camera_like_others(street: TurningStreet) -> None:
    street.show(replace(CAR, box=SPOT))
    assert street.memory.gaze.view is View.HOME
    glance = street.glance()
    assert glance is not None
    assert (glance.turned_x, glance.turned_y, glance.is_turning) == (0, 0, False)
