from __future__ import annotations

import itertools
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from picket.audio.hearing import (
    Happening,
    Hearing,
    Moment,
    SoundBegan,
    SoundEnded,
    end_all,
    fade,
    forget,
    hear,
)
from picket.audio.rules import SoundRules
from picket.audio.window import WINDOW_S

RULES = SoundRules(500, 3.0, {"bark": 0.8, "speech": 0.8})
HEARD = st.lists(
    st.dictionaries(st.sampled_from(["bark", "speech"]), st.floats(0.8, 1.0)), max_size=40
)


class Draws:
    """Another id each time."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self) -> Sequence[int]:
        self._count += 1
        return [self._count // 36**n % 36 for n in range(6)]


def play(
    windows: Sequence[dict[str, float]], rules: SoundRules = RULES
) -> tuple[Hearing, list[list[Happening]]]:
    """Windows one after the other from second 100 on; what happened in each."""
    hearing, draws, told = Hearing(), Draws(), []
    for number, scores in enumerate(windows):
        start_time = 100 + number * WINDOW_S
        end_time = start_time + WINDOW_S
        hearing, began = hear(hearing, scores, Moment(start_time, end_time), draws)
        hearing, ended = fade(hearing, end_time, rules)
        told.append([*began, *ended])
    return hearing, told


def test_a_bark_is_one_event_until_it_was_not_heard_for_long_enough() -> None:
    bark, quiet = {"bark": 0.9}, dict[str, float]()
    _, told = play([bark, quiet, {"bark": 0.95}, quiet, quiet, quiet, quiet, bark])
    begun, ended, again = (one for window in told for one in window)
    assert isinstance(begun, SoundBegan)
    assert isinstance(ended, SoundEnded)
    assert isinstance(again, SoundBegan)
    assert told[0] == [begun]
    assert told[6] == [ended]  # 3.9 s later
    assert ended.sound.id == begun.sound.id != again.sound.id
    assert ended.sound.score == 0.95
    assert (ended.sound.start_time, ended.sound.last_time) == (100.0, 100 + 3 * WINDOW_S)


def test_with_no_patience_a_sound_lasts_as_long_as_every_window_has_it() -> None:
    bark = {"bark": 0.9}
    _, told = play([bark, bark, {}], SoundRules(500, 0, RULES.thresholds))
    assert [len(one) for one in told] == [1, 0, 1]


def test_a_sound_that_is_not_listened_for_any_more_ends_at_once() -> None:
    hearing, _ = play([{"bark": 0.9, "speech": 0.9}])
    hearing, ended = fade(hearing, 101.0, SoundRules(500, 30.0, {"speech": 0.8}))
    assert [one.sound.label for one in ended] == ["bark"]
    assert [*hearing.sounds] == ["speech"]


def test_a_sound_whose_event_was_deleted_is_a_new_one_when_it_is_heard_again() -> None:
    hearing, told = play([{"bark": 0.9}])
    hearing = forget(hearing, told[0][0].sound.id)
    assert hearing == Hearing()
    assert forget(hearing, "another") == hearing


def test_at_the_end_every_sound_ends() -> None:
    hearing, _ = play([{"bark": 0.9, "speech": 0.9}])
    hearing, ended = end_all(hearing)
    assert {one.sound.label for one in ended} == {"bark", "speech"}
    assert hearing == Hearing()


@given(HEARD, st.floats(0, 6))
def test_sounds_begin_and_end_in_turns_and_are_long_enough_apart(
    windows: list[dict[str, float]], patience_s: float
) -> None:
    hearing, told = play(windows, SoundRules(500, patience_s, RULES.thresholds))
    _, last = end_all(hearing)
    for label in RULES.thresholds:
        mine = [one for window in (*told, last) for one in window if one.sound.label == label]
        assert [type(one) for one in mine] == [SoundBegan, SoundEnded] * (len(mine) // 2)
        ended = [one.sound for one in mine[1::2]]
        assert len({one.id for one in ended}) == len(ended)
        for before, after in itertools.pairwise(ended):
            assert after.start_time + WINDOW_S - before.last_time > patience_s
        heard = [n for n, scores in enumerate(windows) if label in scores]
        assert sum(
            one.start_time <= 100 + n * WINDOW_S < one.last_time for one in ended for n in heard
        ) == len(heard)
