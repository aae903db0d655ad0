from __future__ import annotations

from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.domain.overlay import AttributeBox
from picket.events.attributes import attributes_on, best_scores, find_logo, split_attributes

REGION = Box(0, 0, 320, 320)
PERSON = Detection("person", 0.8, Box(100, 100, 140, 180), REGION)
FACE = Detection("face", 0.9, Box(110, 100, 130, 120), REGION)
LOGO = Detection("ups", 0.7, Box(110, 140, 120, 150), REGION)


def test_attributes_are_not_objects() -> None:
    assert split_attributes([FACE, PERSON, LOGO]) == ((PERSON,), (FACE, LOGO))


def test_a_face_belongs_to_the_person_around_it() -> None:
    assert attributes_on(PERSON, [FACE]) == (AttributeBox("face", 0.9, FACE.box),)


def test_a_face_that_sticks_out_belongs_to_nobody() -> None:
    outside = Detection("face", 0.9, Box(90, 100, 110, 120), REGION)
    assert attributes_on(PERSON, [outside]) == ()


def test_a_person_has_no_parcel_service() -> None:
    assert attributes_on(PERSON, [LOGO]) == ()


def test_the_best_score_of_an_attribute_is_remembered() -> None:
    seen = [AttributeBox("face", 0.6, FACE.box), AttributeBox("amazon", 0.5, FACE.box)]
    assert best_scores({"face": 0.7}, seen) == {"face": 0.7, "amazon": 0.5}
    assert best_scores({"face": 0.5}, seen[:1]) == {"face": 0.6}


def test_the_best_logo_names_a_car_only() -> None:
    found = {"license_plate": 0.99, "ups": 0.7, "fedex": 0.8}
    assert find_logo("car", found) == ("fedex", 0.8)
    assert find_logo("person", found) is None
    assert find_logo("car", {"license_plate": 0.99}) is None
