"""Removing duplicates."""

import numpy as np

from picket.detect.decode.candidates import MAX_FOUND, Candidates, overlap_matrix, suppress


def candidates(*rows: tuple[float, float, float, float, float, int]) -> Candidates:
    """Rows of x1, y1, x2, y2, score, class."""
    table = np.array(rows, dtype=np.float32).reshape(-1, 6)
    return Candidates(table[:, :4], table[:, 4], table[:, 5].astype(np.int64))


def test_the_better_of_two_boxes_of_one_object_stays() -> None:
    kept = suppress(candidates((0, 0, 1, 1, 0.6, 2), (0, 0.1, 1, 1, 0.9, 2)), 0.5)
    assert kept.scores.tolist() == [np.float32(0.9)]


def test_boxes_of_different_classes_do_not_compete() -> None:
    kept = suppress(candidates((0, 0, 1, 1, 0.6, 2), (0, 0, 1, 1, 0.9, 3)), 0.5)
    assert kept.classes.tolist() == [3, 2]


def test_objects_that_overlap_a_little_both_stay() -> None:
    kept = suppress(candidates((0, 0, 0.5, 1, 0.6, 2), (0.4, 0, 0.9, 1, 0.9, 2)), 0.5)
    assert len(kept.scores) == 2


def test_what_was_removed_removes_nothing_itself() -> None:
    # A chain: the middle one goes because of the first, so the last has no rival left.
    chain = candidates((0, 0, 10, 1, 0.9, 0), (3, 0, 13, 1, 0.8, 0), (6, 0, 16, 1, 0.7, 0))
    assert suppress(chain, 0.5).boxes[:, 0].tolist() == [0, 6]


def test_no_candidates_stay_none() -> None:
    assert suppress(candidates(), 0.5).scores.shape == (0,)


def test_the_number_of_objects_is_bounded() -> None:
    rows = [(i, 0, i + 0.5, 1, 0.5 + i / 1000, 0) for i in range(MAX_FOUND + 50)]
    kept = suppress(candidates(*rows), 0.5)
    assert len(kept.scores) == MAX_FOUND
    assert kept.scores.min() > 0.54


def test_overlap_is_one_with_itself_and_zero_without_area() -> None:
    boxes = np.array([[0, 0, 2, 1], [1, 0, 3, 1], [5, 5, 5, 5]], dtype=np.float32)
    wanted = np.array([[1, 1 / 3, 0], [1 / 3, 1, 0], [0, 0, 0]], dtype=np.float32)
    np.testing.assert_allclose(overlap_matrix(boxes), wanted, atol=1e-6)
