"""What is told of a network's proposals."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from picket.detect.decode.candidates import Candidates, overlap_matrix
from picket.detect.found import found_objects

LABELS = ("person", "car", "dog")
MAX_IOU = 0.5

corner = st.floats(-0.5, 1.5, width=32) | st.just(float("nan")) | st.just(float("inf"))


@st.composite
def proposals(draw: st.DrawFn) -> Candidates:
    count = draw(st.integers(0, 12))
    return Candidates(
        draw(arrays(np.float32, (count, 4), elements=corner)),
        draw(arrays(np.float32, count, elements=st.floats(0, 1, width=32))),
        draw(arrays(np.int64, count, elements=st.integers(0, 2))),
    )


@given(proposals())
def test_objects_are_sorted_inside_and_no_doubles(proposed: Candidates) -> None:
    found = found_objects(proposed, LABELS, MAX_IOU)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= one.x1 < one.x2 <= 1 and 0 <= one.y1 < one.y2 <= 1 for one in found)
    for label in LABELS:
        corners = [(one.x1, one.y1, one.x2, one.y2) for one in found if one.label == label]
        boxes = np.array(corners, np.float32).reshape(-1, 4)
        assert (np.triu(overlap_matrix(boxes), 1) <= MAX_IOU).all()


@given(proposals())
def test_what_is_alone_of_its_label_is_kept(proposed: Candidates) -> None:
    boxes = np.clip(proposed.boxes, 0, 1)
    with np.errstate(invalid="ignore"):
        real = (boxes[:, 2:] > boxes[:, :2]).all(axis=1)
    wanted = {LABELS[index] for index in proposed.classes[real]}
    assert {one.label for one in found_objects(proposed, LABELS, MAX_IOU)} == wanted
