from __future__ import annotations

import pytest

from picket.domain.errors import NotFound
from picket.ptz.presets import Preset, find_preset, preset_names

HOME, SPARE, UNNAMED = Preset("1", "Home"), Preset("2", " home "), Preset("7", "  ")


def test_names_are_lower_case_and_the_unnamed_have_their_token() -> None:
    assert preset_names([HOME, UNNAMED]) == ("home", "preset 7")


def test_a_name_that_occurs_twice_means_the_first() -> None:
    assert preset_names([HOME, SPARE]) == ("home",)
    assert find_preset([HOME, SPARE], "home") is HOME


def test_the_unnamed_is_found_by_its_token() -> None:
    assert find_preset([HOME, UNNAMED], "PRESET 7") is UNNAMED


def test_what_is_not_there_is_told_with_what_is() -> None:
    with pytest.raises(NotFound, match=r"attic; this camera has home, preset 7$"):
        find_preset([HOME, UNNAMED], "Attic")
    with pytest.raises(NotFound, match=r"has none$"):
        find_preset([], "home")
