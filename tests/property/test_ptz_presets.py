"""Whatever a camera calls its presets, each name that is listed leads to one of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.ptz.commands import GoToPreset, parse_command
from picket.ptz.presets import Preset, find_preset, preset_names

PRESETS = st.lists(st.builds(Preset, st.text(min_size=1), st.text()), max_size=6)


@given(PRESETS)
def test_each_listed_name_leads_to_a_preset_of_that_name(presets: list[Preset]) -> None:
    for name in preset_names(presets):
        command = parse_command(f"preset_{name}")
        assert isinstance(command, GoToPreset)
        assert find_preset(presets, command.name).name == name


@given(PRESETS)
def test_each_preset_has_a_listed_name_and_no_name_is_listed_twice(presets: list[Preset]) -> None:
    names = preset_names(presets)
    assert {preset.name for preset in presets} == set(names)
    assert len(set(names)) == len(names)


@given(st.from_regex(r"[A-Za-z0-9 _-]*[A-Za-z0-9]", fullmatch=True))
def test_case_does_not_matter_to_the_name(title: str) -> None:
    preset = Preset("1", title)
    assert find_preset([preset], title.upper()) is find_preset([preset], title.lower()) is preset
