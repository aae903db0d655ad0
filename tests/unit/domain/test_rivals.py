from __future__ import annotations

import pytest

from picket.domain.rivals import family_of


@pytest.mark.parametrize("label", ["truck", "bus", "vehicle"])
def test_vehicles_are_mistaken_for_one_another(label: str) -> None:
    assert family_of(label) == family_of("car")


@pytest.mark.parametrize("label", ["person", "dog", "bicycle"])
def test_others_are_what_they_are_called(label: str) -> None:
    assert family_of(label) == label
