"""Rules of duplicate removal that hold for every set of candidates."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from picket.detect.decode.candidates import Candidates, overlap_matrix, suppress

shares = st.floats(0, 1, width=32)
rows = st.tuples(shares, shares, shares, shares, shares, st.integers(0, 2))


@st.composite
def candidate_sets(draw: st.DrawFn) -> Candidates:
    table = np.array(draw(st.lists(rows, max_size=30)), dtype=np.float32).reshape(-1, 6)
    corners = np.concatenate(
        (np.minimum(table[:, :2], table[:, 2:4]), np.maximum(table[:, :2], table[:, 2:4])), axis=1
    )
    return Candidates(corners, table[:, 4], table[:, 5].astype(np.int64))


@given(candidate_sets(), st.floats(0.1, 0.9))
def test_what_stays_is_ordered_and_does_not_overlap(found: Candidates, max_iou: float) -> None:
    kept = suppress(found, max_iou)
    assert (np.diff(kept.scores) <= 0).all()
    overlap = overlap_matrix(kept.boxes)
    np.fill_diagonal(overlap, 0)
    same = kept.classes[:, None] == kept.classes[None, :]
    assert (overlap[same] <= max_iou).all()


@given(candidate_sets(), st.floats(0.1, 0.9))
def test_every_class_keeps_its_best(found: Candidates, max_iou: float) -> None:
    kept = suppress(found, max_iou)
    for label in np.unique(found.classes):
        best = found.scores[found.classes == label].max()
        assert kept.scores[kept.classes == label].max() == best


@given(candidate_sets(), st.floats(0.1, 0.9))
def test_removing_twice_removes_nothing_more(found: Candidates, max_iou: float) -> None:
    once = suppress(found, max_iou)
    twice = suppress(once, max_iou)
    assert twice.boxes.tolist() == once.boxes.tolist()
