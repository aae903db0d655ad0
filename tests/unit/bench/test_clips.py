from __future__ import annotations

from itertools import product

import pytest

from bench.__main__ import FULL, QUICK, wanted_scenarios
from bench.clips import BUSY, KEYFRAME_S, MARGIN_S, QUIET, ROUND_S, Clip


def test_a_clip_has_the_size_the_rate_and_a_keyframe_every_two_seconds() -> None:
    argv = Clip(BUSY, 1080, 15).encode_argv(target=BUSY.source)
    assert "fps=15,scale=1920:1080" in argv
    assert argv[argv.index("-g") + 1] == "30"


def test_rounds_join_where_the_encoder_had_settled() -> None:
    argv = Clip(QUIET).encode_argv(target=QUIET.source)
    assert int(argv[argv.index("-t") + 1]) == ROUND_S + 2 * MARGIN_S
    assert ROUND_S % KEYFRAME_S == MARGIN_S % KEYFRAME_S == 0


def test_noise_is_added_at_the_final_size() -> None:
    argv = Clip(QUIET).encode_argv(target=QUIET.source)
    filters = argv[argv.index("-vf") + 1]
    assert filters.index("scale=1280:720") < filters.index("noise")


def test_the_full_matrix_is_every_scene_size_rate_and_number_once() -> None:
    names = {scenario.name for scenario in FULL}
    wanted = product((1, 4, 8, 16), ("quiet", "busy"), (720, 1080), (5, 15, 30))
    assert names == {f"{n} {scene} {size}p{fps}" for n, scene, size, fps in wanted}
    assert len(FULL) == len(names)
    assert {scenario.name for scenario in QUICK} < names


def test_names_choose_scenarios_and_an_unknown_one_is_refused() -> None:
    chosen = wanted_scenarios(is_full=False, only=["4 busy 1080p30", "viewers"])
    assert [one.name for one in chosen] == ["4 busy 1080p30"]
    with pytest.raises(SystemExit, match="4 busy 720p9"):
        wanted_scenarios(is_full=False, only=["4 busy 720p9"])
