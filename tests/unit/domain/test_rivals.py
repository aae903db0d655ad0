from __future__ import annotations

from picket.domain.rivals import family_of


def test_names_that_detectors_mix_up_are_one_kind() -> None:
    assert family_of("car") == family_of("truck") == family_of("bus")
    assert family_of("dog") == family_of("cat")


def test_what_nobody_mixes_up_is_a_family_of_its_own() -> None:
    assert family_of("person") == "person"
    assert len({family_of(label) for label in ("person", "car", "dog", "bicycle", "package")}) == 5
