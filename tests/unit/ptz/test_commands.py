from __future__ import annotations

import pytest

from picket.domain.errors import InvalidRequest
from picket.ptz.commands import WORDS, Connect, GoToPreset, PanTilt, Stop, Zoom, parse_command


@pytest.mark.parametrize("word", sorted(WORDS))
def test_case_does_not_matter(word: str) -> None:
    assert parse_command(word.lower()) == parse_command(f" {word} ") == WORDS[word]


def test_up_and_right_are_positive_at_half_speed() -> None:
    assert parse_command("MOVE_UP") == PanTilt(up=0.5)
    assert parse_command("MOVE_RIGHT") == PanTilt(right=0.5)
    assert parse_command("ZOOM_OUT") == Zoom(closer=-0.5)


def test_stop_and_init_have_no_direction() -> None:
    assert parse_command("stop") == Stop()
    assert parse_command("init") == Connect()


def test_the_rest_of_a_preset_is_its_name() -> None:
    assert parse_command("Preset_Front Gate") == GoToPreset("Front Gate")
    assert parse_command("preset_preset_7") == GoToPreset("preset_7")


@pytest.mark.parametrize(
    "text", ["", "MOVE", "MOVE_UP;STOP", "preset", "\u017ftop\u017f", "preßt_x"]
)
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(InvalidRequest, match="use INIT, MOVE_UP"):
        parse_command(text)
