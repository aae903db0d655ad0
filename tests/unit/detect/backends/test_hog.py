"""The built-in people detector; real people are in tests/e2e."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from picket.config.detectors import DetectorConfig
from picket.detect.backends.hog import SIDE, HogBackend, person_boxes, score_of

weights = st.floats(-5, 10, width=32)


@given(weights, weights)
def test_a_higher_weight_never_scores_lower(one: float, other: float) -> None:
    low, high = score_of(np.array(sorted((one, other)), dtype=np.float32))
    assert 0 <= low <= high <= 1


def test_a_clear_person_passes_the_usual_thresholds() -> None:
    weak, fair, clear = score_of(np.array([0.1, 0.4, 0.9], dtype=np.float32))
    assert weak < 0.4
    assert np.isclose(fair, 0.5)
    assert clear > 0.7


def test_the_person_is_smaller_than_the_window_around_him() -> None:
    (box,) = person_boxes(np.array([[100, 50, 64, 128]], dtype=np.float32)).tolist()
    assert 100 < box[0] < box[2] < 164
    assert 50 < box[1] < box[3] < 178
    assert 0.8 < (box[3] - box[1]) / 128 < 0.95


def test_an_empty_wall_has_no_people() -> None:
    assert (
        HogBackend(DetectorConfig(type="hog")).infer(np.full((SIDE, SIDE, 3), 90, np.uint8)) == []
    )


def test_it_wants_to_see_a_person_with_surroundings() -> None:
    assert HogBackend(DetectorConfig(type="hog")).info.object_room == 2.0
