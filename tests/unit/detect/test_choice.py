"""What suits a machine, out of figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.detect.choice import PATIENCE, WORTH, Speed, Way, best_way, ways_for

LONE = Way("onnx", 1, 1)


def test_one_core_leaves_no_choice_but_the_runtime() -> None:
    assert ways_for(".onnx", 1) == (Way("openvino", 1, 1), Way("onnx", 1, 1))


def test_more_cores_are_used_for_one_look_or_for_several() -> None:
    assert set(ways_for(".tflite", 4)) == {
        Way("cpu", 1, 1),
        Way("cpu", 1, 4),
        Way("cpu", 4, 1),
        Way("cpu", 2, 2),
    }


def test_nothing_runs_a_file_of_an_unknown_kind() -> None:
    assert ways_for(".pt", 4) == ()


def test_several_at_once_win_when_more_is_done_by_that() -> None:
    together = Speed(Way("onnx", 1, 2), 10.0, 190.0)
    spread = Speed(Way("onnx", 2, 1), 7.0, 143.0)
    assert best_way([Speed(LONE, 10.0, 100.0), spread, together]) == together


def test_a_gain_that_is_small_is_not_worth_another_copy_of_the_model() -> None:
    alone = Speed(LONE, 10.0, 100.0)
    assert best_way([Speed(Way("onnx", 1, 2), 10.0, 108.0), alone]) == alone


def test_a_lone_look_must_not_become_slow() -> None:
    quick = Speed(Way("openvino", 1, 1), 5.0, 200.0)
    assert best_way([quick, Speed(Way("onnx", 1, 8), 11.0, 700.0)]) == quick


speeds = st.lists(
    st.builds(
        Speed,
        st.builds(Way, st.sampled_from(("onnx", "openvino")), st.integers(1, 8), st.integers(1, 8)),
        st.floats(0.1, 1000.0),
        st.floats(0.1, 10_000.0),
    ),
    min_size=1,
)


@given(speeds)
def test_none_that_is_quick_enough_does_much_more(measured: list[Speed]) -> None:
    best = best_way(measured)
    quickest = min(speed.lone_ms for speed in measured)
    assert best.lone_ms <= PATIENCE * quickest
    assert all(
        speed.per_second <= best.per_second * WORTH
        for speed in measured
        if speed.lone_ms <= PATIENCE * quickest
    )


def test_it_says_in_words_what_it_is() -> None:
    assert str(Way("openvino", 2, 3)) == "openvino, 2 threads, 3 at once"


@pytest.mark.parametrize("cores", range(1, 33))
def test_no_way_uses_more_cores_than_there_are(cores: int) -> None:
    assert all(way.num_threads * way.parallel <= cores for way in ways_for(".onnx", cores))
