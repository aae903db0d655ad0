"""The parked car is told once: over losses, other light and restarts; what differs is news."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from picket.domain.geometry import Box
from picket.domain.resident import Whereabouts
from picket.ipc.messages import Change
from picket.pipeline.memory import forget_residents
from picket.pipeline.place import EMPTY_LOOKS, GONE_LOOKS, WAIT_S
from picket.pipeline.residents import (
    MAX_AGE_S,
    MAX_RESIDENTS,
    remember,
    residents,
    show_residents,
)
from picket.pipeline.rules import Switches
from tests.unit.pipeline.street import HEIGHT, SPOT, STREET, WIDTH, Street, Thing

CAR = Thing(1)
UNSEEN = replace(CAR, is_found=False)
OTHER_CAR = Thing(2)
LORRY = Thing(3, Box(130, 60, 210, 110), "truck")
TOLD_S = 6.0  # until a car at rest is told and known


@pytest.fixture
def street() -> Street:
    """A car came to rest and was told."""
    street = Street()
    street.watch(CAR, seconds=TOLD_S)
    assert (street.news, street.ends) == (1, 0)
    return street


def passing(thing: Thing, step_px: int) -> list[Thing]:
    """A thing on its way through the picture."""
    return [
        replace(thing, box=Box(x, thing.box.y1, x + thing.box.width, thing.box.y2))
        for x in range(0, WIDTH - thing.box.width, step_px)
    ]


def whereabouts(street: Street) -> list[Whereabouts]:
    return [one.whereabouts for one in show_residents(street.memory.residents, WIDTH, HEIGHT)]


def test_what_came_to_rest_is_a_resident_with_the_id_of_its_event(street: Street) -> None:
    (view,) = show_residents(street.memory.residents, WIDTH, HEIGHT)
    assert view.id == street.changes(Change.NEW)[0].after.id
    assert view.box == SPOT.relative(WIDTH, HEIGHT)
    assert view.whereabouts is Whereabouts.STANDING


def test_what_is_missed_for_a_while_keeps_its_event(street: Street) -> None:
    street.watch(UNSEEN, seconds=WAIT_S / 2)
    assert whereabouts(street) == [Whereabouts.MISSED]
    assert street.counted == {"car": 1}
    street.watch(CAR, seconds=10)
    assert whereabouts(street) == [Whereabouts.STANDING]
    assert (street.news, street.ends) == (1, 0)
    assert list(street.memory.events.objects) == [street.changes(Change.NEW)[0].after.id]


def test_what_is_missed_for_long_ends_its_event_and_is_no_news_when_found(street: Street) -> None:
    street.watch(UNSEEN, seconds=WAIT_S + 10)
    assert (street.ends, whereabouts(street)) == (1, [Whereabouts.REMEMBERED])
    street.watch(CAR, seconds=15)
    assert (street.news, street.ends) == (1, 1)
    assert whereabouts(street) == [Whereabouts.STANDING]
    assert street.counted == {"car": 1}


@pytest.mark.parametrize("is_clean", [True, False])
def test_a_car_that_stood_there_before_a_restart_is_no_news(
    street: Street, *, is_clean: bool
) -> None:
    for _ in range(3):
        street.restart(is_clean=is_clean)
        street.watch(CAR, seconds=TOLD_S)
    assert street.news == 1
    assert street.counted == {"car": 1}


def test_nothing_is_stored_of_what_is_known(street: Street) -> None:
    street.restart()
    before = len(street.told)
    street.watch(CAR, seconds=30)
    street.restart()
    assert street.told[before:] == []


def test_another_car_at_the_place_after_a_restart_is_news(street: Street) -> None:
    street.restart()
    street.watch(OTHER_CAR, seconds=TOLD_S)
    assert street.news == 2


def test_who_walks_to_a_place_is_news_however_much_he_looks_like_the_one_before(
    street: Street,
) -> None:
    street.restart()
    street.watch(seconds=1)
    for left_px in (45, 25, 8, 0):
        x = SPOT.x1 - left_px
        street.show(replace(CAR, box=Box(x, SPOT.y1, x + SPOT.width, SPOT.y2)))
    assert street.news == 2
    street.watch(CAR, seconds=TOLD_S)
    assert street.news == 2


def test_another_car_at_a_place_that_was_seen_empty_is_news_at_once(street: Street) -> None:
    street.watch(seconds=5 + EMPTY_LOOKS)
    street.watch(OTHER_CAR, seconds=0.8)
    assert street.news == 2


def test_a_place_seen_empty_is_forgotten_and_the_same_car_is_news_again(street: Street) -> None:
    street.restart()
    street.watch(seconds=GONE_LOOKS + 1)
    assert whereabouts(street) == []
    street.watch(CAR, seconds=TOLD_S)
    assert street.news == 2


def test_an_object_that_vanished_ends_as_soon_as_its_track_does(street: Street) -> None:
    street.watch(seconds=5.2)
    assert (street.ends, whereabouts(street)) == (1, [Whereabouts.REMEMBERED])


def test_what_no_detector_knows_may_stand_in_front_for_a_while(street: Street) -> None:
    street.watch(UNSEEN, replace(LORRY, is_found=False), seconds=3 * EMPTY_LOOKS)
    street.watch(CAR, seconds=TOLD_S)
    assert (street.news, street.ends) == (1, 1)
    assert whereabouts(street) == [Whereabouts.STANDING]


def test_what_stands_in_front_is_news_and_what_it_hid_is_not(street: Street) -> None:
    street.watch(UNSEEN, LORRY, seconds=20)
    assert [h.after.label for h in street.changes(Change.NEW)] == ["car", "truck"]
    street.watch(CAR, seconds=TOLD_S)
    assert street.news == 2
    assert street.counted["car"] == 1


def test_what_passes_by_takes_no_identity_with_it(street: Street) -> None:
    for lorry in passing(LORRY, 10):
        hidden = lorry.box.intersection(SPOT) > 0.3 * SPOT.area
        street.show(replace(CAR, is_found=not hidden), lorry)
    street.watch(CAR, seconds=TOLD_S)
    assert [h.after.label for h in street.changes(Change.NEW)] == ["car", "truck"]
    assert whereabouts(street) == [Whereabouts.STANDING]


def test_other_light_is_learned(street: Street) -> None:
    for light in (0.5, 2.0, 1.0, 3.0):
        street.light = light
        street.watch(CAR, seconds=5)
        street.restart()
        street.watch(CAR, seconds=TOLD_S)
    assert street.news == 1


def test_a_car_that_another_label_is_given_to_is_the_same(street: Street) -> None:
    street.restart()
    street.watch(replace(CAR, label="truck"), seconds=TOLD_S)
    assert street.news == 1
    street.restart()
    street.watch(replace(CAR, label="person"), seconds=TOLD_S)
    assert street.news == 2


def test_a_known_car_that_leaves_is_news_from_then_on(street: Street) -> None:
    street.restart()
    street.watch(CAR, seconds=TOLD_S)
    leaves = street.time
    for x in range(SPOT.x1, WIDTH - SPOT.width, 8):
        street.show(replace(CAR, box=Box(x, SPOT.y1, x + SPOT.width, SPOT.y2)))
    new = street.changes(Change.NEW)[1:]
    assert len(new) == 1
    assert leaves < new[0].after.start_time < leaves + 2.0
    street.watch(seconds=GONE_LOOKS + 5)
    assert street.ends == 2
    assert whereabouts(street) == []


def test_a_told_car_that_leaves_stays_one_event(street: Street) -> None:
    for x in range(SPOT.x1, WIDTH - SPOT.width, 8):
        street.show(replace(CAR, box=Box(x, SPOT.y1, x + SPOT.width, SPOT.y2)))
    street.watch(seconds=GONE_LOOKS + 5)
    assert (street.news, street.ends) == (1, 1)
    assert whereabouts(street) == []


def test_a_known_car_that_is_half_hidden_is_no_news(street: Street) -> None:
    street.restart()
    street.watch(CAR, seconds=TOLD_S)
    half = Box(SPOT.x1, SPOT.y1, SPOT.x1 + SPOT.width // 2, SPOT.y2)
    street.watch(UNSEEN, replace(CAR, box=half), seconds=3)
    street.watch(CAR, seconds=TOLD_S)
    assert street.news == 1


def test_what_was_forgotten_by_wish_is_news(street: Street) -> None:
    street.restart()
    street.watch(CAR, seconds=TOLD_S)
    known = residents(street.memory.residents)[0].id
    street.memory = forget_residents(street.memory, "1.0-nobody")
    street.watch(CAR, seconds=2)
    assert street.news == 1
    street.memory = forget_residents(street.memory, known)
    assert residents(street.memory.residents) == ()
    street.watch(CAR, seconds=2)
    assert street.news == 2


def test_forgetting_leaves_a_running_event_alone(street: Street) -> None:
    street.memory = forget_residents(street.memory, None)
    street.watch(CAR, seconds=TOLD_S)
    assert (street.news, street.ends) == (1, 0)


def test_while_detection_is_off_events_end_and_residents_stay(street: Street) -> None:
    street.rules = replace(STREET, switches=Switches(detect=False))
    street.watch(CAR, seconds=30)
    assert (street.ends, whereabouts(street)) == (1, [Whereabouts.REMEMBERED])
    street.rules = STREET
    street.watch(CAR, seconds=TOLD_S)
    assert street.news == 1


def test_a_detector_that_is_away_changes_nothing(street: Street) -> None:
    street.detector.is_down = True
    street.watch(CAR, seconds=120)
    street.detector.is_down = False
    street.watch(CAR, seconds=TOLD_S)
    assert (street.news, street.ends) == (1, 0)


def test_what_is_remembered_costs_one_look_in_an_interval(street: Street) -> None:
    street.watch(UNSEEN, seconds=WAIT_S + 10)
    before = street.detector.looks
    street.watch(UNSEEN, seconds=20)
    assert street.detector.looks - before == 10  # 20 s at 5 frames, one look in 10 frames


def test_a_resident_that_nobody_finds_is_forgotten_after_days(street: Street) -> None:
    street.restart(after_s=MAX_AGE_S + 1)
    street.watch(UNSEEN, seconds=1)
    assert whereabouts(street) == []


def test_a_flicker_never_becomes_a_resident() -> None:
    street = Street()
    for n in range(100):
        street.show(replace(CAR, is_found=n % 5 == 0))
    assert whereabouts(street) == []


def test_no_more_are_remembered_than_there_is_room_for(street: Street) -> None:
    (one,) = residents(street.memory.residents)
    crowd = remember(
        replace(one, id=f"{n}.0-abcdef", label="dog", seen_time=street.time - 2000 + n)
        for n in range(MAX_RESIDENTS)
    )
    street.restart()
    street.memory = replace(street.memory, residents=crowd)
    street.watch(CAR, seconds=TOLD_S)
    ids = [resident.id for resident in residents(street.memory.residents)]
    assert len(ids) == MAX_RESIDENTS
    assert "0.0-abcdef" not in ids
    assert street.news == 2


SIGHTS = st.sampled_from(
    [(), (CAR,), (UNSEEN,), (OTHER_CAR,), (CAR, LORRY), (UNSEEN, LORRY), (CAR, Thing(4, SPOT))]
)


@settings(max_examples=20, deadline=None)
@given(days=st.lists(st.tuples(SIGHTS, st.integers(1, 40), st.booleans()), max_size=6))
def test_whatever_happens_each_object_is_new_once_and_ends_once(
    days: list[tuple[tuple[Thing, ...], int, bool]],
) -> None:
    street = Street()
    street.watch(CAR, seconds=3)
    for things, frames, restarts in days:
        street.watch(*things, seconds=frames / 5)
        if restarts:
            street.restart()
    street.restart()
    new = [h.after.id for h in street.changes(Change.NEW)]
    ended = [h.after.id for h in street.changes(Change.END)]
    assert len(set(new)) == len(new)
    assert sorted(ended) == sorted(new)
    ids = [resident.id for resident in residents(street.memory.residents)]
    assert len(set(ids)) == len(ids)


@settings(max_examples=12, deadline=None)
@given(
    spells=st.lists(st.tuples(st.sampled_from([CAR, UNSEEN]), st.integers(1, 60)), max_size=6),
    restarts=st.booleans(),
)
def test_a_car_that_never_leaves_is_told_once(
    spells: list[tuple[Thing, int]], *, restarts: bool
) -> None:
    street = Street()
    street.watch(CAR, seconds=TOLD_S)
    for thing, frames in spells:
        street.watch(thing, seconds=frames / 5)
        if restarts:
            street.restart()
    street.watch(CAR, seconds=TOLD_S)
    assert street.news == 1


def test_a_place_that_is_hidden_for_long_costs_one_look_in_an_interval(street: Street) -> None:
    street.watch(UNSEEN, LORRY, seconds=40)
    before = street.detector.looks
    street.watch(UNSEEN, LORRY, seconds=20)
    assert street.detector.looks - before <= 24  # two in ten frames, and some as the wait ends
    assert len(residents(street.memory.residents)) == 2


def test_a_place_that_became_unclear_is_looked_at_once_a_second(street: Street) -> None:
    street.restart()
    before = street.detector.looks
    street.watch(seconds=3)
    assert 3 <= street.detector.looks - before <= 5  # with the scan of the first frame


def test_without_motion_detection_only_what_looks_alike_is_known(street: Street) -> None:
    street.rules = replace(STREET, switches=Switches(motion=False))
    street.watch(CAR, seconds=10)
    street.watch(seconds=WAIT_S)
    assert (street.ends, whereabouts(street)) == (1, [])
    street.watch(CAR, seconds=TOLD_S)
    street.restart()
    street.watch(CAR, seconds=TOLD_S)
    assert street.news == 2
    street.restart()
    street.watch(OTHER_CAR, seconds=TOLD_S)
    assert street.news == 3


def test_what_moves_a_little_and_stands_again_is_one_resident(street: Street) -> None:
    for x in range(SPOT.x1, SPOT.x1 + 80, 8):
        street.show(replace(CAR, box=Box(x, SPOT.y1, x + SPOT.width, SPOT.y2)))
    aside = Box(SPOT.x1 + 80, SPOT.y1, SPOT.x2 + 80, SPOT.y2)
    street.watch(replace(CAR, box=aside), seconds=TOLD_S)
    (resident,) = residents(street.memory.residents)
    assert (resident.box, street.news) == (aside, 1)
